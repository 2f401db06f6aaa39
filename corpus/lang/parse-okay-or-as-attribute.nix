# L37: `or` as attribute name everywhere
a: rec {
  or = 1;
  b.or = 2;
  or'.or.or = 3;
  c = a.or;
  d = a.or.or;
  e = a.or or 4;
  f = a ? or;
  g = a ? b.or;
  h = a.b or a.or;
}
