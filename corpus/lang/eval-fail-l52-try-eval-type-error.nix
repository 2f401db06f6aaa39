# ... nor type errors. (L52)
builtins.tryEval (1 + "a")
