# L17: a literal set and paths into it merge
[
  { a = { b = 1; }; a.c = 2; }
  { a.c = 2; a = { b = 1; }; }
  { a = { b = 1; }; a = { c = 2; }; }
  { a = { b.c = 1; }; a.b.d = 2; a = { b = { e = 3; }; }; }
  { a = { }; a.b = 1; a = { }; }
]
