{ inherit x; sum = with { x = 10; }; "${toString x} ${toString y}"; mapped = map (a: a) [ 1 ]; inner = (import ./set.nix).a; }
