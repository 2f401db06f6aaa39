# What builtins print as, without arguments and with some.
let
  name = { n, v }: builtins.trace "${n}" (builtins.trace v null);
  all = map (n: { inherit n; v = builtins.${n}; }) (builtins.filter (n: builtins.isFunction builtins.${n} && n != "derivation") (builtins.attrNames builtins));
in
builtins.deepSeq (map name all) (throw "end")
