# genericClosure keeps the first element of each key, in the order in which they were found.
[
  (builtins.genericClosure {
    startSet = [ { key = 1; } ];
    operator = item: if item.key >= 5 then [ ] else [ { key = item.key + 1; } ];
  })
  (builtins.genericClosure {
    startSet = [ { key = "b"; n = 1; } { key = "a"; } { key = "b"; n = 2; } ];
    operator = item: [ ];
  })
  (map (x: x.key) (
    builtins.genericClosure {
      startSet = [ { key = 10; } ];
      operator = x: if x.key > 80 then [ ] else [ { key = x.key * 2; } { key = x.key * 2 + 1; } ];
    }
  ))
]
