# L56: positions on different lines
{
  a = 1;

    a = 2;
}
