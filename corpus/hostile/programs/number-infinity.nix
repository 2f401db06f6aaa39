# errors: infinity rounded to an integer
let inf = 1.0e308 * 10; in [ (builtins.floor inf) (builtins.ceil (-inf)) ]
