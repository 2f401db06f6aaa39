builtins.trace "evaluating files/traced" 42
