# L24: no closing parenthesis
a: { inherit (a b; }
