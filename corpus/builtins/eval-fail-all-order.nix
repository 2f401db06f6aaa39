# all asks its elements in order, after function and list were checked.
builtins.all (x: builtins.trace "ask ${toString x}" (x < 3)) (
  builtins.trace "list" [ 1 2 3 4 ]
) || throw "end"
