# L56: a duplicate inside two merged literals
{
  a = { b = 1; c = 2; };
  a = { c = 3; };
}
