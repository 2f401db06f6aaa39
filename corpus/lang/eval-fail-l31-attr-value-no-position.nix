# ... an attribute without a position. (L31)
assert builtins.mapAttrs (n: v: v) { a = 1; } == builtins.listToAttrs [ { name = "a"; value = 2; } ]; 1
