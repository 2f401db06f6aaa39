# getAttr wants a string as its first argument.
builtins.getAttr 1 { }
