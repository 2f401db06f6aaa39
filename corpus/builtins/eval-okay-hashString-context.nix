# The context of the hashed string is dropped.
let
  a = "${./files/text.txt}";
in
[
  (builtins.hashString "sha256" a)
  (builtins.hasContext (builtins.hashString "sha256" a))
]
