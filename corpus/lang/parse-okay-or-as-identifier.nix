# L37: `f or` is a call with the variable `or`
f: let or = 1; in [ (f or) (f or 1) (f f or) ]
