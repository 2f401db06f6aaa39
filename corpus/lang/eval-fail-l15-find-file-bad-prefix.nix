# ... and its prefix must be a string. (L15)
builtins.findFile [ { prefix = 1; path = ./.; } ] "x"
