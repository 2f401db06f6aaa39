# addErrorContext adds a line to the trace, outermost first.
builtins.addErrorContext "outer" (1 + builtins.addErrorContext "inner" (throw "error"))
