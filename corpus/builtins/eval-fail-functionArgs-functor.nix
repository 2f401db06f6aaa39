# A set with __functor is no function here.
builtins.functionArgs { __functor = self: { a }: a; }
