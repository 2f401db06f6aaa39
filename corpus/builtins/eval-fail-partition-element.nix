# partition forces elements even if the predicate does not look at them.
builtins.partition (x: true) [ 1 (throw "forced") ]
