# The predicate of filter must return a Boolean.
builtins.filter (x: "yes") [ 1 ]
