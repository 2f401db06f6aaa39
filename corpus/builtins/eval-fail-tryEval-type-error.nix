# Errors of type are not caught.
builtins.tryEval (1 + "a")
