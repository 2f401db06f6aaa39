# L20: keywords as names, quoted and `or`
{
  "if" = 1; "then" = 2; "else" = 3; "assert" = 4; "with" = 5; "let" = 6;
  "in" = 7; "rec" = 8; "inherit" = 9; or = 10; "__curPos" = 11; true = 12; null = 13; import = 14;
}
