# memory: genericClosure that finds a thousand new keys for each
builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: builtins.genList (i: { key = x.key * 1000 + i; }) 1000; })
