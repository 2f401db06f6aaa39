# cycle: infinite recursion, which tryEval must not catch
builtins.tryEval (let x = { y = x.y; }; in x.y)
