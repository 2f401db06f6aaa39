# ... a variable. (L29)
let ok = false; in { a = assert ok; 1; }
