# L24: no paths in inherit
a: { inherit a.b; }
