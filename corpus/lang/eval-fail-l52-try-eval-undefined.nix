# ... nor undefined variables. (L52)
builtins.tryEval (with { }; x)
