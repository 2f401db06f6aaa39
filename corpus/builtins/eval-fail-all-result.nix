# The predicate of all must return a Boolean.
builtins.all (x: 1) [ 1 ]
