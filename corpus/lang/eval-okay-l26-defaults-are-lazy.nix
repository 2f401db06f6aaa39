# Defaults see all formals in any order, and each other, and @; they are evaluated only when used. (L26, L52)
[
  (({ a ? b, b ? c, c ? 1 }: [ a b c ]) { })
  (({ a ? throw "unused" }: 1) { })
  (({ a ? args.z or "none", ... }@args: a) { })
  (({ a ? args.z or "none", ... }@args: a) { z = "zed"; })
  (({ a, b ? a }: b) { a = 1; b = 2; })
  (let b = "outer"; in ({ a ? b }: a) { })
  (let b = "outer"; in ({ a ? b, b ? "formal" }: a) { })
  ((x: { a ? x }: a) 5 { })
]
