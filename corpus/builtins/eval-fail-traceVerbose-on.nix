# With trace-verbose it is trace.
builtins.traceVerbose "printed" (throw "end")
