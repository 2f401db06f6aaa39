# The filter gets the path as a string without context, and the type.
builtins.filterSource (path: type: throw "${builtins.typeOf path} ${path} ${type}") ./files/tree
