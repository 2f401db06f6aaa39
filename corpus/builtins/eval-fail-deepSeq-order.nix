# deepSeq goes through a set in the order in which names were first seen, not alphabetically.
builtins.deepSeq {
  zz1 = builtins.trace "zz1" 1;
  zz0 = builtins.trace "zz0" 1;
  value = builtins.trace "value" 1;
  name = builtins.trace "name" 1;
  map = builtins.trace "map" 1;
  add = builtins.trace "add" 1;
  list = builtins.trace "list" [ (builtins.trace "element" 1) ];
} (throw "end")
