# filterSource wants a function as its first argument.
builtins.filterSource true ./files/tree
