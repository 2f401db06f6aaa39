# path wants a set.
builtins.path ./files/tree
