# A replacement is forced at its first use, all patterns always.
[
  (builtins.replaceStrings [ "a" "x" ] [ "b" (throw "not reached") ] "abc")
  (builtins.replaceStrings [ "x" ] [ 1 ] "abc")
  (builtins.tryEval (builtins.replaceStrings [ "a" (throw "forced") ] [ "b" "c" ] "a")).success
  (builtins.tryEval (builtins.replaceStrings [ "a" ] [ (throw "forced") ] "a")).success
]
