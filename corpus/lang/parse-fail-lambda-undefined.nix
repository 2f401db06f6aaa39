# L25: parameters end with the body
(x: y: x) x
