# time: a hundred thousand patterns that nearly match at every byte of a long string
let a = builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 20);
  from = builtins.genList (i: "aaaaaaaaaaaaaaaaaaaaaaaaaaaa${toString i}") 100000;
in builtins.stringLength (builtins.replaceStrings from (map (_: "") from) a)
