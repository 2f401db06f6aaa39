# memory: interpolation that multiplies by ten, nine times
let a = "lol"; x = s: "${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}"; in x (x (x (x (x (x (x (x (x a))))))))
