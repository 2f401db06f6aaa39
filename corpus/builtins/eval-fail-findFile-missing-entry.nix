# An entry that does not exist is announced by a warning and left out.
builtins.findFile [ { prefix = "p"; path = "/pwd/builtins/files/missing"; } { path = "relative/missing"; } ] "p/x"
