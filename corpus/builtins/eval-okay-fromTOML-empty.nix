# An empty text is an empty set; order and line ends do not matter.
[
  (fromTOML "")
  (fromTOML "\n\n# only a comment\n")
  (fromTOML "a = 1\r\nb = 2\r\n")
  (fromTOML "a = 1")
  (builtins.attrNames (fromTOML "z = 1\na = 2"))
]
