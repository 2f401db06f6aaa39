# memory: a new expression each time, so that no cache of them may grow
let l = builtins.genList (i: i) 100000; in builtins.all (i: builtins.all (j: builtins.match "a${toString i}(b|c)*[0-9]{1,20}${toString j}" "a" == null) l) l
