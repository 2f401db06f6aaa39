# The context of the string stays even if all its text is replaced; a replacement adds its own only if it is used, a pattern never.
let
  a = "${./files/text.txt}";
  b = "${./files/tree/a.txt}";
  names = s: map (x: builtins.substring 44 (-1) x) (builtins.attrNames (builtins.getContext s));
in
[
  (names (builtins.replaceStrings [ "x" ] [ a ] "y"))
  (names (builtins.replaceStrings [ "y" ] [ a ] "y"))
  (names (builtins.replaceStrings [ a ] [ "gone" ] a))
  (names (builtins.replaceStrings [ b ] [ "gone" ] (builtins.unsafeDiscardStringContext b)))
  (names (builtins.replaceStrings [ "x" "y" ] [ a b ] "xy"))
]
