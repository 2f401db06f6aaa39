# The frames of an error in the predicate.
builtins.partition (x: throw "in the predicate") [ 1 ]
