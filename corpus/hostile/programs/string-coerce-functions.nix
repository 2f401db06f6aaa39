# errors: a list of functions in an interpolation cannot become a string
"${toString (builtins.genList (i: (x: x + i)) 1000000)}"
