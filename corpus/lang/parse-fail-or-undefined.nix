# L37: `f or` needs a variable `or`
f: f or
