# ... nor missing attributes. (L52)
builtins.tryEval { }.a
