# Without trace-verbose nothing is printed; frames name the builtin.
builtins.traceVerbose "not printed" (throw "end")
