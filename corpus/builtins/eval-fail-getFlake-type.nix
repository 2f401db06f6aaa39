# getFlake wants a string.
builtins.getFlake { }
