# assert evaluates the condition first, then the body. (L29)
[ (assert true; 1) (assert 1 == 1; assert 2 == 2; "x") (builtins.tryEval (assert false; throw "body")) ]
