# Without an error the text is not even forced.
[
  (builtins.addErrorContext (throw "not forced") 1)
  (builtins.addErrorContext 1 2)
  (builtins.addErrorContext "lazy" [ (throw "not forced") ] == [ ])
  (builtins.tryEval (builtins.addErrorContext "x" (throw "caught")))
  (builtins.addErrorContext "x")
]
