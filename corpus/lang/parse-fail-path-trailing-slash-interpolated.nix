# L14: the same after an interpolation
x: ./a/${x}/
