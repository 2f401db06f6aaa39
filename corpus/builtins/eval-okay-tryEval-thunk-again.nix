# A value that was thrown is thrown again each time.
let
  x = throw "again";
in
[ (builtins.tryEval x) (builtins.tryEval x) ((builtins.tryEval [ x ]).success) ]
