# L20: which attribute names are printed in quotes
{
  a-b = 1; a' = 2; _ = 3; a1 = 4;
  "1a" = 5; "-a" = 6; "'a" = 7; "a.b" = 8; "a b" = 9; "é" = 10;
  "a\nb" = 11; "a\"b" = 12; "\${a}" = 13; "a$b" = 14; "a\\b" = 15; "" = 16; "a/b" = 17; "a\tb" = 18;
}
