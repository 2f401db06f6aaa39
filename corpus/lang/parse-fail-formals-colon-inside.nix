# L26: a colon inside the set pattern
{ a, b : a }
