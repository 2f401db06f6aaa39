# A string cannot hold a zero byte.
fromTOML ''x = "\u0000"''
