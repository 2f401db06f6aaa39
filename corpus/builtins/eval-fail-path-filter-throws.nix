# An error in the filter.
builtins.path { path = ./files/tree; filter = path: type: throw "in the filter"; }
