# errors: multiplication until the integers overflow
builtins.foldl' (n: _: n * 3) 1 (builtins.genList (i: i) 1000)
