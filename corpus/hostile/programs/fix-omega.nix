# depth: the smallest program that does not end
(x: x x) (x: x x)
