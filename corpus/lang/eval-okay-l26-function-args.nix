# functionArgs: which formals have defaults; nothing for x: and builtins. (L26)
[ (builtins.functionArgs ({ a, b ? 1, ... }@c: 1)) (builtins.functionArgs (x: x)) (builtins.functionArgs builtins.map) (builtins.functionArgs ({ }: 1)) ]
