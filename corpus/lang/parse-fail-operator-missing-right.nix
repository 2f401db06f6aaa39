# L32: nothing after an operator
(1 + )
