# functionArgs of a functor. (L28)
builtins.functionArgs { __functor = self: { a }: a; }
