# The operands are evaluated again for the explanation. (L31)
assert builtins.trace "left" 1 == builtins.trace "right" 2; 1
