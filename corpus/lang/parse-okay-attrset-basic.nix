# L17: plain and recursive sets
[
  { }
  { a = 1; b = "two"; }
  rec { a = b; b = 1; }
  rec { }
  { a = { b = { c = 1; }; }; }
]
