# 0 - 0.0 is zero, and a product can be negative zero. (L5, L33)
[ (-0.0) (0.0 * -1) (-1 * 0.0) (0 - 0.0) (0.0 / -1) (0.0 * -1 == 0) ]
