# What keeps the context of strings, and what drops it. (L44)
let
  f = builtins.toFile "f" "x";
  c = s: builtins.hasContext s;
in
[
  (c "a${f}") (c ("a" + f)) (c (f + "b")) (c (builtins.substring 0 0 f)) (c (builtins.substring 5 1 f)) (c (builtins.concatStringsSep "," [ "a" f ])) (c (builtins.concatStringsSep f [ ])) (c (builtins.concatStringsSep f [ "a" ]))
  (c (builtins.replaceStrings [ "zzz" ] [ f ] "a")) (c (builtins.replaceStrings [ "a" ] [ f ] "a")) (c (builtins.replaceStrings [ "a" ] [ "b" ] f)) (c (toString f)) (c (toString [ 1 f ])) (c (baseNameOf f)) (c (dirOf f))
  (c (builtins.head (builtins.match "(.*)" f))) (c (builtins.head (builtins.split "-" f))) (c (builtins.toJSON f)) (c (builtins.toJSON { a = [ f ]; })) (c (builtins.toXML f)) (c (builtins.unsafeDiscardStringContext f)) (c (builtins.hashString "sha256" f)) (c (builtins.typeOf f))
  (c (builtins.head (builtins.attrNames { ${builtins.unsafeDiscardStringContext f} = 1; }))) (c "${{ outPath = f; }}") (c "${{ __toString = _: f; }}") (c (builtins.elemAt [ f ] 0)) (c (toString ./files/one)) (c (if f == "" then "" else "b"))
]
