# L55: most builtins have no name of their own
[ map length ]
