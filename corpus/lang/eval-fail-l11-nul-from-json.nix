# No string holds a NUL byte. (L11)
builtins.fromJSON ''"a\u0000b"''
