# The predicate of partition must return a Boolean.
builtins.partition (x: 1) [ 1 ]
