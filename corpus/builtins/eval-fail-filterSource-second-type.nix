# filterSource wants a path as its second argument.
builtins.filterSource (path: type: true) 1
