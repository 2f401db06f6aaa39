# A reference that is none.
builtins.parseFlakeRef "::"
