# The list is forced first, the element at the first comparison.
builtins.elem (throw "the element") (builtins.trace "list" [ (builtins.trace "first" 1) ])
