# ... builtins. (L31)
assert builtins.map == builtins.map; 1
