# depth: the primes, each a filter over what the filters before let through
let from = n: { h = n; t = from (n + 1); };
  filter = p: s: if p s.h then { inherit (s) h; t = filter p s.t; } else filter p s.t;
  sieve = s: { inherit (s) h; t = sieve (filter (x: x - x / s.h * s.h != 0) s.t); };
in (builtins.foldl' (s: _: s.t) (sieve (from 2)) (builtins.genList (i: i) 1000000)).h
