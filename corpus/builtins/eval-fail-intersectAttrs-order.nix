# The first argument is forced first.
builtins.intersectAttrs (throw "first") (throw "second")
