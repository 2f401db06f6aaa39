# getContext wants a string.
builtins.getContext ./files
