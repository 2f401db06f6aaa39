# splitVersion wants a string.
builtins.splitVersion 1.2
