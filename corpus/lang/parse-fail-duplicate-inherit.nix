# L56: one name twice in an inherit
a: { inherit a a; }
