# L53: ill-typed operands are accepted
[ (1 // 2) (1 ++ "a") "${[ ]}" (assert 1; 2) (if "a" then 1 else 2) (1 2) (!1) (with 1; 2) (1).a ]
