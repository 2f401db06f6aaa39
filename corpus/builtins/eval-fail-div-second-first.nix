# div looks at the type of its second argument first, although the first one was forced before.
builtins.div (builtins.trace "first" "a") (builtins.trace "second" "b")
