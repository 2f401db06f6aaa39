# A path must be a string or path.
builtins.findFile [ { prefix = "p"; path = 1; } ] "p"
