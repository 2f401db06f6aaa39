# A name bound anywhere outside beats every with inside, even one nearer. (L30)
let a = "let"; in with { a = "w1"; }; let b = "inner"; in with { a = "w2"; b = "w2b"; c = "w2c"; }; [ a b c ]
