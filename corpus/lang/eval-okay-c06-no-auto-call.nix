# A function of one plain argument is printed. (C6)
x: x
