# hasAttr wants a string as its first argument.
builtins.hasAttr ./files { }
