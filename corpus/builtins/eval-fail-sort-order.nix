# sort forces the list, then the comparator, then all elements in order.
builtins.sort (builtins.trace "comparator" (a: b: throw "compared")) (
  builtins.trace "list" [ (builtins.trace "one" 1) (builtins.trace "two" 2) (throw "three") ]
)
