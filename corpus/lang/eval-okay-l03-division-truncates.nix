# Integer division truncates toward zero. (L3)
[ (7 / 2) (-7 / 2) (7 / -2) (-7 / -2) (1 / 2) (-1 / 2) (0 / 5) ]
