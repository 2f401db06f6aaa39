# Sets are gone through alphabetically.
builtins.toJSON {
  zz = builtins.trace "zz" 1;
  name = builtins.trace "name" (throw "end");
  b = builtins.trace "b" 1;
  a = builtins.trace "a" 1;
}
