# A text that is no reference.
builtins.getFlake "::"
