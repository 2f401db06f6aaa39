# host: a search path of a million entries, none of which has it
builtins.findFile (builtins.genList (i: { prefix = "p${toString i}"; path = "/no-such"; }) 1000000) "q/r"
