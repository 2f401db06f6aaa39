# ... in merged sets. (L56)
{
  a.b = 1;
  a = { b = 2; };
}
