# host: asking for files that are not there, without end
let l = builtins.genList (i: i) 100000; in builtins.all (i: builtins.all (j: !(builtins.pathExists (/. + "no-such-${toString i}-${toString j}"))) l) l
