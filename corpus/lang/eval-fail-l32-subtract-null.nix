# ... null on the left. (L32)
null - 1
