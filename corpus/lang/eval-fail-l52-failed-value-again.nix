# The trace of a value that has failed before: evaluated again through another way. (L52, E5)
let
  x = { y = throw "x.y fails"; };
  first = builtins.tryEval x.y;
  second = z: z.y;
in
builtins.seq first.success { result = second x; }
