# A path in the store that was only computed cannot be added again.
builtins.path { path = "${./files/tree}"; name = "again"; }
