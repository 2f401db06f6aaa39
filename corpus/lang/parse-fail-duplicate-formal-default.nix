# L27: with defaults
{
  a ? 1,
  b,
  a ? 2, ...
}: a
