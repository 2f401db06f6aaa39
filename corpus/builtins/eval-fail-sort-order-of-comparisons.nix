# Which pairs are compared, and in which order, can be observed.
builtins.seq (builtins.sort (a: b: builtins.trace "${toString a} < ${toString b}" (a < b)) [ 3 1 2 5 4 9 8 7 6 ]) (
  throw "end"
)
