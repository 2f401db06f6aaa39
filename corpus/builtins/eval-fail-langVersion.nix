# No function.
builtins.langVersion 1
