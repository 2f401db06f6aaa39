# div wants a number as its first argument.
builtins.div "4" 2
