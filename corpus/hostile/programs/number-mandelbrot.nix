# time: the Mandelbrot set in too many points and too many steps
let iter = cr: ci: r: i: n: if n == 0 || r * r + i * i > 4.0 then n else iter cr ci (r * r - i * i + cr) (2.0 * r * i + ci) (n - 1);
  row = y: builtins.genList (x: iter (x * 3.0e-4 - 2.0) (y * 3.0e-4 - 1.0) 0.0 0.0 5000) 10000;
in builtins.foldl' (a: l: a + builtins.foldl' (b: n: b + n) 0 l) 0 (builtins.genList row 7000)
