# L17: a dot at the start
{ .a = 1; }
