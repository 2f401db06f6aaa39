# The contexts of separator and elements are united, also that of a separator that is not used.
let
  a = "${./files/text.txt}";
  b = "${./files/tree/a.txt}";
  n = s: builtins.length (builtins.attrNames (builtins.getContext s));
in
[
  (n (builtins.concatStringsSep a [ b "c" ]))
  (n (builtins.concatStringsSep a [ ]))
  (n (builtins.concatStringsSep a [ "x" ]))
  (n (builtins.concatStringsSep "," [ a a ]))
]
