# The path of an entry is evaluated even if its prefix does not match. (L15)
builtins.findFile [ { prefix = "y"; path = throw "of the first entry"; } { prefix = "x"; path = ./.; } ] "x"
