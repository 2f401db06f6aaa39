# All names in builtins.
builtins.attrNames builtins
