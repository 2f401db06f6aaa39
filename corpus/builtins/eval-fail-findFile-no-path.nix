# An entry needs a path.
builtins.findFile [ { prefix = "p"; } ] "p"
