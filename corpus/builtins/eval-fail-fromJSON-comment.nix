# There are no comments.
builtins.fromJSON "1 // one"
