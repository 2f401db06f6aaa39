# What becomes of the context of an argument, builtin by builtin.
let
  a = "${./files/text.txt}";
  b = "${./files/tree/a.txt}";
  n = s: builtins.length (builtins.attrNames (builtins.getContext s));
in
{
  plus = n (a + b);
  interpolation = n "x${a}y${b}";
  indented = n ''
    ${a}
  '';
  substring = n (builtins.substring 0 3 a);
  concat = n (builtins.concatStringsSep a [ b ]);
  replaceString = n (builtins.replaceStrings [ "z" ] [ b ] a);
  baseNameOf = n (baseNameOf a);
  dirOf = n (dirOf a);
  toString = n (toString [ a b ]);
  toJSON = n (builtins.toJSON [ a { x = b; } ]);
  toJSONPath = n (builtins.toJSON ./files/text.txt);
  toXML = n (builtins.toXML [ a b ]);
  hashString = n (builtins.hashString "sha256" a);
  match = map n (builtins.match "(.*)" a);
  matchLength = builtins.length (builtins.match "(.).*" a);
  split = map (x: if builtins.isList x then map n x else n x) (builtins.split "([-])" a);
  splitNoMatch = map n (builtins.split "%" a);
  toPath = n (builtins.toPath a);
  storePath = n (builtins.storePath a);
  toFile = map (x: x.path) (builtins.attrValues (builtins.getContext (builtins.toFile "f" a)));
  discard = n (builtins.unsafeDiscardStringContext a);
  typeOf = n (builtins.typeOf a);
  trace = n (builtins.trace "" a);
  stringLength = builtins.stringLength a;
  elem = builtins.elem a [ (builtins.unsafeDiscardStringContext a) ];
  equal = a == builtins.unsafeDiscardStringContext a;
  lessThan = a < builtins.unsafeDiscardStringContext a;
  fromJSON = n (builtins.fromJSON (builtins.unsafeDiscardStringContext (builtins.toJSON a)));
  sort = map n (builtins.sort builtins.lessThan [ b a "x" ]);
  groupValue = map n (builtins.groupBy (x: "k") [ a ]).k;
}
