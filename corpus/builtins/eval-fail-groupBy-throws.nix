# The function is called for all elements when the result is forced.
(builtins.groupBy (x: if x == 3 then throw "at three" else builtins.trace "at ${toString x}" "a") [ 1 2 3 ]) ? b
