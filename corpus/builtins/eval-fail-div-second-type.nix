# div wants a number as its second argument.
builtins.div 4 "2"
