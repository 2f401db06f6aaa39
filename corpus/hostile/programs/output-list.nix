# output: the result is a list of thirty million elements
builtins.genList (i: [ i ]) 30000000
