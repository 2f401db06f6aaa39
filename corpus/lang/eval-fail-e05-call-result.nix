# The result of a call is no function. (E5)
let f = x: { inherit x; }; in (f 1) 2
