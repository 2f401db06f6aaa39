# ... nor infinite recursion. (L52, E2)
let x = x; in builtins.tryEval x
