# L48: positions do not print
{
  a = x: x;
      b = { c ? 1 }: c; }
