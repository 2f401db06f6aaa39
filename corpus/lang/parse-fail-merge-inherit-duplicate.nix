# L56: inherit never merges
x: { inherit x; x.a = 1; }
