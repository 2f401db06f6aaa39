# genericClosure wants a set.
builtins.genericClosure [ ]
