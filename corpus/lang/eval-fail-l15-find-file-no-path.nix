# ... and have a path. (L15)
builtins.findFile [ { prefix = "x"; } ] "x"
