# The program must be a string.
builtins.exec [ 1 ]
