# ... nor from TOML. (L11)
builtins.fromTOML ''a = "x\u0000y"''
