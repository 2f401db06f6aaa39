# L25: calls of calls are flattened, with or without parentheses
f: a: b: let or = 1; in [ ((f a) b) ((f) a) (f (a) b) (((f a) b) a) (f (a b) a) ((f or) a) ((x: x) a b) ]
