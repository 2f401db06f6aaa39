# An error in the first argument.
builtins.trace (throw "in the message") 1
