# L56: a path after inherit-from
a: { inherit (a) x; x.b = 1; }
