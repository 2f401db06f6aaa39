# L18: rec { } first, then a path whose value sees its names
{
  a = rec { b = 1; };
  a.c = b;
}
