# The filter must take two arguments.
builtins.filterSource (path: true) ./files/tree
