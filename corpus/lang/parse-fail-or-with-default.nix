# L37: without a path `or` is an argument
a: [ (a or 1) ]
