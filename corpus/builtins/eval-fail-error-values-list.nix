# Too many elements in a message.
let
  v = builtins.genList (n: n) 100;
in
builtins.deepSeq v (builtins.attrNames v)
