# memory: doubling written out with let, so that there is no loop to bound
let a = "0123456789abcdef"; b = a + a + a + a + a + a + a + a; c = b + b + b + b + b + b + b + b;
  d = c + c + c + c + c + c + c + c; e = d + d + d + d + d + d + d + d; f = e + e + e + e + e + e + e + e;
  g = f + f + f + f + f + f + f + f; h = g + g + g + g + g + g + g + g; i = h + h + h + h + h + h + h + h;
  j = i + i + i + i + i + i + i + i; k = j + j + j + j + j + j + j + j; l = k + k + k + k + k + k + k + k;
in builtins.stringLength l
