# elemAt beyond the end. (E5)
builtins.elemAt [ 1 2 ] 2
