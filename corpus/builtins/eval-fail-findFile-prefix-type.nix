# A prefix must be a string.
builtins.findFile [ { prefix = 1; path = "/"; } ] "p"
