# L24: `or` can be inherited
a: let or = 1; in { inherit or; b = { inherit (a) or; }; }
