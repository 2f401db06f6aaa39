# What is below a directory that was refused is not asked for.
builtins.seq (builtins.path {
  path = ./files/tree;
  filter = path: type: builtins.trace path (type != "directory");
}) (throw "end")
