# sub wants a number as its second argument.
builtins.sub 1 "2"
