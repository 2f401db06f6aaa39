# Elements are visited breadth first.
builtins.seq (builtins.genericClosure {
  startSet = [ { key = 1; } { key = 2; } ];
  operator = x: builtins.trace "visit ${toString x.key}" (if x.key > 20 then [ ] else [ { key = x.key * 10; } { key = x.key * 10 + 1; } ]);
}) (throw "end")
