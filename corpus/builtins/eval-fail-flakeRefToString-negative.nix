# Integers must not be negative.
builtins.flakeRefToString { type = "path"; path = "/a"; lastModified = -1; }
