# L17: no semicolon before the next attribute
{
  a = 1
  b = 2;
}
