# An empty text is no JSON.
builtins.fromJSON ""
