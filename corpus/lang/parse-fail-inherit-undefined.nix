# L24: an unknown name
a: { inherit a b; }
