# findFile wants a string as its second argument.
builtins.findFile [ ] ./files
