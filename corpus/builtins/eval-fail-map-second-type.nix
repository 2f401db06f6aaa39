# map wants a list as its second argument.
builtins.map (x: x) { }
