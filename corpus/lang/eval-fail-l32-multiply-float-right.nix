# ... a float and something else. (L32)
2.0 * (x: x)
