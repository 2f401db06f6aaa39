# L20: odd bytes in names
{ "ab" = 1; "ÿ" = 2; "" = 3; "\r" = 4; }
