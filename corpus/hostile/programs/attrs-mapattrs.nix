# memory: mapAttrs over a large set, nested in itself
let s = builtins.listToAttrs (builtins.genList (i: { name = "n${toString i}"; value = i; }) 1000);
  go = n: x: if n == 0 then x else builtins.mapAttrs (_: v: go (n - 1) s) s;
in builtins.deepSeq (go 5 0) 0
