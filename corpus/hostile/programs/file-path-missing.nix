# host: builtins.path and filterSource of what does not exist
map (i: builtins.path { name = "p${toString i}"; path = ./no-such + "/${toString i}"; filter = p: t: true; }) (builtins.genList (i: i) 1000)
