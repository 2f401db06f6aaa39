# tryEval does not catch errors of syntax.
builtins.tryEval (import ./files/import/syntax.nix)
