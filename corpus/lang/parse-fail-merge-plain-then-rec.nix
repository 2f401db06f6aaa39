# L18: a plain set first drops rec, so b is unknown
{
  a = { b = 1; };
  a = rec { c = b; };
}
