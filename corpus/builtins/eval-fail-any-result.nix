# The predicate of any must return a Boolean.
builtins.any (x: null) [ 1 ]
