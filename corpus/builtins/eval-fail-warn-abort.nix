# With abort-on-warn a warning is an error, which tryEval does not catch.
builtins.tryEval (builtins.warn "the warning" 1)
