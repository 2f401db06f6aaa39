# The function of groupBy must return a string.
builtins.groupBy (x: x) [ 1 ]
