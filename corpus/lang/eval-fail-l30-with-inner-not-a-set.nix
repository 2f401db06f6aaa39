# ... and must be a set. (L30)
with { a = 1; }; with [ "b" ]; a
