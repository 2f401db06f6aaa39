# The text stays, the context goes; the argument is coerced like in an interpolation.
let
  drv = derivation { name = "n"; builder = "/b"; system = "s"; };
  d = builtins.unsafeDiscardStringContext;
in
[
  (d "plain")
  (d "${./files/text.txt}")
  (d drv == drv.outPath)
  (builtins.hasContext (d drv))
  (builtins.hasContext (d drv.drvPath))
  (d ./files/text.txt)
  (d { __toString = self: "s"; })
]
