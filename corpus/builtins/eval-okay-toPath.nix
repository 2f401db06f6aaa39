# toPath gives the canonical form of an absolute path as a string.
[
  (builtins.toPath "/a/b")
  (builtins.toPath "/a//b/../c/./")
  (builtins.toPath "/")
  (builtins.toPath "/..")
  (builtins.toPath ./files)
  (builtins.toPath { outPath = "/x"; })
  (builtins.toPath { __toString = self: "/y"; })
  (builtins.typeOf (builtins.toPath /a))
  (builtins.hasContext (builtins.toPath "${./files/text.txt}"))
]
