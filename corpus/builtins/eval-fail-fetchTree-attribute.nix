# A set is no value of an attribute.
builtins.fetchTree { type = "path"; path = { }; }
