# If the text is no string, that is the error.
builtins.addErrorContext 1 (throw "error")
