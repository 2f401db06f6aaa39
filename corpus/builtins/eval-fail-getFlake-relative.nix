# A relative path is no reference for getFlake.
builtins.getFlake "./x"
