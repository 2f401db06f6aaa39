# filter asks for every element at once when it is forced.
builtins.head (
  builtins.filter (x: builtins.trace "ask ${toString x}" (if x == 3 then throw "end" else true)) [ 1 2 3 ]
)
