# L24: no semicolon
a: { inherit a }
