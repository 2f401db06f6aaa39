# L24: no commas in inherit
a: b: { inherit a, b; }
