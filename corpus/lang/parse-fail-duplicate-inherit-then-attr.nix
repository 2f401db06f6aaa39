# L56: inherit, then an attribute
a: { inherit a; a = 1; }
