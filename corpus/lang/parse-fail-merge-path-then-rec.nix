# L18: a path first drops rec as well
{
  a.b = 1;
  a = rec { c = 2; d = c; };
}
