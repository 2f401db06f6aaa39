# lessThan forces its first argument, then its second.
builtins.lessThan (builtins.trace "first" 1) (builtins.trace "second" (throw "second"))
