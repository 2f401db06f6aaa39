# L18: rec { } first keeps rec for everything merged into it
{
  a = rec { b = 1; };
  a = { c = b; };
}
