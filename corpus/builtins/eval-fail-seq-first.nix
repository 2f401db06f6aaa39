# The second argument is not forced if the first one fails.
builtins.seq (throw "first") (throw "second")
