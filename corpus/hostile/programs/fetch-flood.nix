# host: fetching files that do not exist, without end
let l = builtins.genList (i: i) 100000; in builtins.all (i: builtins.all (j: !(builtins.tryEval (builtins.fetchurl "file:///no-such/${toString i}/${toString j}")).success) l) l
