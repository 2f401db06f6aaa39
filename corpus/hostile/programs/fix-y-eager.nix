# depth: Y without eta, as one writes it in a strict language
let y = f: (x: f (x x)) (x: f (x x)); in builtins.deepSeq (y (self: { a = self; })) 0
