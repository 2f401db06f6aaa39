# If its message cannot be coerced, that is the error. (E5)
builtins.addErrorContext 1 (throw "original")
