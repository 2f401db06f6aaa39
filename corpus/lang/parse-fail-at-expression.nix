# L26: @ in an expression
(a: a @ a)
