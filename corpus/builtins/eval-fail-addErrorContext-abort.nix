# The line is added to every kind of error.
builtins.addErrorContext "context" (abort "aborted")
