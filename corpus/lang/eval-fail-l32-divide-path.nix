# / needs numbers. (L32)
1 / ./a
