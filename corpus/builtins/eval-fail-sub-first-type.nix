# sub wants a number as its first argument.
builtins.sub "1" 2
