# ... not null. (L32)
let x = null; in { a = !x; }
