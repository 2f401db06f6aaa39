# genList wants a function as its first argument.
builtins.genList 1 3
