# __toString wins over outPath; toString and interpolation agree; results may be sets again. (L28)
let
  both = { __toString = self: "string"; outPath = "path"; };
  f = x: [ (toString x) "${x}" ("" + x) (builtins.stringLength x) (builtins.substring 0 2 x) ];
in
[ (f both) (f { outPath = "out"; }) (f { outPath = { outPath = both; }; }) (toString { __toString = self: 42; }) (toString { outPath = [ 1 [ 2 3 ] ]; }) (toString { __toString = _: ./a; }) (builtins.concatStringsSep "," [ both { outPath = "o"; } "s" ]) ]
