# trace prints before it forces its second argument.
builtins.trace "first" (builtins.trace "second" (throw "end"))
