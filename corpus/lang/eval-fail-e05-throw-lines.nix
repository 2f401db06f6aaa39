# A message of several lines. (E5)
{ a = throw "first line\n  second line\nthird line\n"; }
