# The operator is required once there is an element.
builtins.genericClosure { startSet = [ { key = 1; } ]; }
