# tryEval catches it like any failed assertion. (L31)
builtins.tryEval (assert { a = 1; } == { a = 2; }; 1)
