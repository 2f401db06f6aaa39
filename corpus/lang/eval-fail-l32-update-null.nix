# ... not null, in either place; the right one is reported. (L32)
let x = null; in { a = x // x; }
