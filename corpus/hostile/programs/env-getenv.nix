# host: the environment, asked for a name that grows
builtins.foldl' (s: _: if builtins.getEnv s == "" then s + s else s) "NO_SUCH_VARIABLE_" (builtins.genList (i: i) 60)
