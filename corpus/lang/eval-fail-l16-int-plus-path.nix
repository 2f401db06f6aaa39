# An integer plus a path. (L16)
let x = 1; in x + ./a
