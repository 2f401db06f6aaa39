# A string cannot hold a zero byte.
builtins.fromJSON ''"a\u0000b"''
