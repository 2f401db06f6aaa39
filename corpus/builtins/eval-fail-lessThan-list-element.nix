# The first elements of lists that differ must be comparable.
builtins.lessThan [ 1 true ] [ 1 false ]
