# L37: `or` in a list
f: let or = 1; in [ f or f ]
