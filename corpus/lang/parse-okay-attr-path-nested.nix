# L17: a path makes nested sets
[
  { a.b.c = 1; }
  { a.b = 1; a.c = 2; d.e.f = 3; d.e.g = 4; d.h = 5; }
  { a . b = 1; a  .  "c d" = 2; }
]
