# rec: order-free, sees outer names, inherit takes from outside. (L17)
let x = 1; y = 2; in rec { inherit x; a = b + y; b = c * 2; c = x; y = 10; d.e = a; }
