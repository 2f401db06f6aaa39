# A path that is not there.
builtins.fetchTree { type = "path"; path = "/pwd/builtins/files/missing"; }
