# addErrorContext adds a frame, without position; the first added is innermost. (E5)
builtins.addErrorContext "outer context" (builtins.addErrorContext "inner context" (throw "failure"))
