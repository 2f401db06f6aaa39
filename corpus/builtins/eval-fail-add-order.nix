# add forces its first argument, then its second, and only then looks at types.
builtins.add (builtins.trace "first" "a") (builtins.trace "second" (throw "second"))
