# Both keep the context; a path is not copied to the store.
let
  a = "${./files/text.txt}";
in
[
  (builtins.hasContext (baseNameOf a))
  (builtins.hasContext (dirOf a))
  (dirOf a)
  (builtins.hasContext (baseNameOf ./files/text.txt))
  (builtins.hasContext (dirOf "plain/b"))
  (builtins.hasContext (dirOf (builtins.appendContext "x" (builtins.getContext a))))
]
