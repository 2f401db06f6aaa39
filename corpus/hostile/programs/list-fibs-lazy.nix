# depth: a stream defined by zipping itself, asked for its far end
let zip = a: b: { h = builtins.bitXor a.h b.h; t = zip a.t b.t; }; fibs = { h = 0; t = { h = 1; t = zip fibs fibs.t; }; };
in (builtins.foldl' (s: _: s.t) fibs (builtins.genList (i: i) 1000000)).h
