# Nor functions. (L40)
(x: x) < (y: y)
