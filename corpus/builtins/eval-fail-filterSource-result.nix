# The filter must return a Boolean.
builtins.filterSource (path: type: null) ./files/tree
