# all wants a list as its second argument.
builtins.all (x: true) { }
