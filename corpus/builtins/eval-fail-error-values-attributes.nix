# Too many attributes in a message.
let
  v = builtins.listToAttrs (builtins.genList (n: { name = "n${toString n}"; value = n; }) 100);
in
builtins.deepSeq v (builtins.head v)
