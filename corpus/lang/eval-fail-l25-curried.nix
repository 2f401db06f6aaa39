# L25: a curried function fails when it has all arguments.
let add = x: y: x + y; in map (add 1) [ 2 "a" ]
