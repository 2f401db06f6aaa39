# The default is evaluated only if needed, and the value found only if asked for. (L36, L52)
[ ({ a = 1; }.a or (throw "default")) (builtins.length [ ({ a = throw "never"; }.a or 2) ]) (builtins.tryEval ({ a = throw "value"; }.a or 2)) ]
