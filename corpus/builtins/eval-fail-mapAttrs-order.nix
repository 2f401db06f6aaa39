# Only the set is forced, and before any function.
builtins.mapAttrs (throw "the function") (throw "the set")
