# A failed assertion within calls. (E5, L29)
let positive = n: assert n > 0; n; in { values = map positive [ 1 0 ]; }
