builtins.fromTOML ''a = "x\ud800 y"''
