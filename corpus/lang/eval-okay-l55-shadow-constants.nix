# true, false, null and all builtins are plain names. (L55)
let true = 1; false = 2; null = 3; map = 4; builtins = 5; throw = x: x; __add = 6; in [ true false null map builtins (throw "no") (1 == 1) (if 1 == 1 then "still" else "no") __add ]
