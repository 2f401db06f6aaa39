# ... a set without __functor. (E5)
{ a = 1; } "x"
