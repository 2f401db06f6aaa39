# ... nor missing arguments. (L52)
builtins.tryEval (({ a }: a) { })
