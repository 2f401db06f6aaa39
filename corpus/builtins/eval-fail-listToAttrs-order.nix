# All names are forced, in order, before any missing value is noticed.
builtins.listToAttrs [
  { name = builtins.trace "one" "b"; }
  { name = builtins.trace "two" "a"; value = 1; }
  { name = builtins.trace "three" (throw "three"); value = 1; }
]
