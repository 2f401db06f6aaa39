# time: sorting a million numbers, half of which are not numbers
let inf = 1.0e308 * 10; nan = inf - inf; in builtins.sort builtins.lessThan (builtins.genList (i: if i / 2 * 2 == i then nan else 1.0 * i) 3000000)
