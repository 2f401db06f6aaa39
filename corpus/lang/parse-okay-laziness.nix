# L52: unused and failing expressions are accepted
let x = x; y = throw "no"; z = 1 / 0; in { inherit x; } ? a
