# Floats do not divide by zero either. (L5)
1.0 / 0
