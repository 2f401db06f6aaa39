# tryEval does not catch abort. (L52)
builtins.tryEval (abort "stop")
