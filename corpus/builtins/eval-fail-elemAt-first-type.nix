# elemAt wants a list as its first argument.
builtins.elemAt "abc" 0
