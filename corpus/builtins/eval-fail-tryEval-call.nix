# Calls with wrong arguments are not caught.
builtins.tryEval (({ a }: a) { })
