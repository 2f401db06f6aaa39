# stringLength counts bytes.
[
  (builtins.stringLength "")
  (builtins.stringLength "abc")
  (builtins.stringLength "é")
  (builtins.stringLength "a\nb")
  (builtins.stringLength { outPath = "four"; })
  (builtins.stringLength { __toString = self: "seven.."; })
  (builtins.stringLength "${./files/text.txt}")
  (builtins.stringLength ./files/text.txt)
]
