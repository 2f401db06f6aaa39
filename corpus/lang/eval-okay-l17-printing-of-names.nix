# Names print in byte order; those that are no identifiers, and keywords, are quoted. (L17)
{ b = 1; a = 2; B = 3; A = 4; "1" = 5; "a b" = 6; "" = 7; _a = 8; "a-b" = 9; "a'" = 10; "if" = 11; "or" = 12; "ä" = 13; "\${x}" = 14; "a.b" = 15; "-a" = 16; "a\nb" = 17; "inherit" = 18; "true" = 19; "null" = 20; "__x" = 21; "10" = 22; "9" = 23; }
