# An error in a last line without newline. (E5)
{
  a = 1; } // { b = 2 + "x"; }