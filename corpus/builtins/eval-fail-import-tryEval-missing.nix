# tryEval does not catch missing files.
builtins.tryEval (import ./files/missing.nix)
