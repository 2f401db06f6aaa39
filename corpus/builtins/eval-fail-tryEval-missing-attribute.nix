# Missing attributes are not caught.
builtins.tryEval { }.a
