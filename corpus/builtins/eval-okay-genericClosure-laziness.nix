# An empty start set needs no operator, and nothing but key is forced in an element.
[
  (builtins.genericClosure { startSet = [ ]; })
  (builtins.genericClosure { startSet = [ ]; operator = throw "not reached"; })
  (builtins.length (
    builtins.genericClosure { startSet = [ { key = 1; other = throw "not reached"; } ]; operator = x: [ ]; }
  ))
  (map (x: x.via) (
    builtins.genericClosure {
      startSet = [ { key = 0; via = "start"; } ];
      operator = x: if x.key == 0 then [ { key = 1; via = "first"; } { key = 1; via = "second"; } ] else [ ];
    }
  ))
]
