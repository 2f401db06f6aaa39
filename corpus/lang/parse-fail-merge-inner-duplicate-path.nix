# L56: a duplicate deep in a path
{
  a.b.c = 1;
  a = { b = { d = 2; c = 3; }; };
}
