# time: waiting for a number that is not one to equal itself
let inf = 1.0e308 * 10; nan = inf - inf; l = builtins.genList (i: i) 100000; in builtins.any (_: builtins.any (_: builtins.any (_: nan == nan || nan < inf) l) l) l
