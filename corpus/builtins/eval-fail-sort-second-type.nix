# sort wants a list as its second argument.
builtins.sort (a: b: a < b) { }
