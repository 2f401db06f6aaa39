# A value that was seen is not visited again.
let
  x = { v = builtins.trace "once" 1; };
in
builtins.deepSeq [ x x { inherit x; } ] (throw "end")
