# depth: omega whose argument grows as it goes round
(x: x x 1) (x: y: x x (y + y))
