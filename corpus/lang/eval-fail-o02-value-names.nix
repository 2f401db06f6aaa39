# Names that need quotes, in messages. (O2)
{ "a b" = 1; "let" = 2; or = 3; "1x" = 4; a' = 5; "" = 6; "é" = 7; true = 8; } + ""
