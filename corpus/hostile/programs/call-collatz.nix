# time: the longest Collatz sequence below a hundred billion
let len = n: c: if n == 1 then c else len (if n / 2 * 2 == n then n / 2 else 3 * n + 1) (c + 1); l = builtins.genList (i: i) 1000000;
  better = b: n: let l = len n 0; in if l > b then l else b;
in builtins.foldl' (b: i: builtins.foldl' (b: j: better b (i * 1000000 + j + 1)) b l) 0 (builtins.genList (i: i) 100000)
