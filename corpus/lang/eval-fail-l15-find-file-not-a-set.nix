# An entry of the search path must be a set. (L15)
builtins.findFile [ "x" ] "y"
