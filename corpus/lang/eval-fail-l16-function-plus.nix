# Nor functions. (L16)
(x: x) + (y: y)
