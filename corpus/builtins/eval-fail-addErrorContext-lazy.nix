# An error that comes up later has no added line.
builtins.head (builtins.addErrorContext "not shown" [ (throw "later") ])
