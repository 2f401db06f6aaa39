# ... the value of an attribute, with the positions of both. (L31)
let
  left = { a = { b = 1; }; };
  right = { a = { b = 2; }; };
in
assert left == right; 1
