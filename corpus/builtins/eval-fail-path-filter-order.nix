# The filter is asked for the entries in the order of their names, for a directory before what is in it.
builtins.seq (builtins.path {
  path = ./files/tree;
  filter = path: type: builtins.trace "${path} ${type}" true;
}) (throw "end")
