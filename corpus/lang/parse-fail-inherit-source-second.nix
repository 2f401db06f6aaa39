# L24: the source comes first
a: { inherit b (a); }
