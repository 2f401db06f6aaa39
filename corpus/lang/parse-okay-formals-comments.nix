# L26: comments inside a set pattern
{ # one
  a /* two */ , # three
  b ? /* four */ 1 # five
  , /* six */ ... }: a + b
