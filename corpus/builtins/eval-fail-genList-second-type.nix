# genList wants an int as its second argument.
builtins.genList (x: x) "3"
