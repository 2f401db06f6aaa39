# L17: no closing brace
{
  a = 1;
