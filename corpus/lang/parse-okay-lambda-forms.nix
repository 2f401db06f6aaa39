# L25: one-argument lambdas
[ (x: x) (x : y : x) (_: 1) (a': a') (a-b: a-b) (f: x: f x) (x: y: z: x y z) (a: a: a) ]
