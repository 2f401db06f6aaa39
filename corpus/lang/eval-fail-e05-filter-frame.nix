# What a predicate returns must be a Boolean. (E5)
builtins.filter (x: "yes") [ 1 ]
