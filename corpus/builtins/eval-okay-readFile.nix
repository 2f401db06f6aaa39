# readFile gives the bytes of a file, without context if it is not in the store.
[
  (builtins.readFile ./files/text.txt)
  (builtins.readFile (toString ./files/text.txt))
  (builtins.readFile (./files + "/tree/b.txt"))
  (builtins.readFile ./files/tree/sub/deep/empty)
  (builtins.stringLength (builtins.readFile ./files/bytes.bin))
  (builtins.hasContext (builtins.readFile ./files/text.txt))
  (builtins.readFile { outPath = ./files/text.txt; })
  (builtins.readFile { __toString = self: toString ./files/text.txt; })
  (builtins.readFile "${toString ./files}//tree/../text.txt")
]
