# The position of an attribute that a function was given. (E5)
let
  f = { a, b }: a;
in
f {
  b = 1;
  a = throw "a of the argument";
}
