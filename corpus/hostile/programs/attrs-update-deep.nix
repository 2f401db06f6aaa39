# memory: recursive updating that makes two of everything at each level
let go = n: s: if n == 0 then s else go (n - 1) { a = s // { n = n; }; b = s // { m = n; }; };
  count = s: builtins.foldl' (n: k: n + (if builtins.isAttrs s.${k} then count s.${k} else 1)) 0 (builtins.attrNames s);
in count (go 60 { })
