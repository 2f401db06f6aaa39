# Functions for the cases about import.
rec {
  id = x: x;
  inc = x: x + 1;
  twice = f: x: f (f x);
  mapInc = map inc;
  strict = { a }: a;
  fail = message: throw message;
}
