# Only literal sets are merged. (L17, L56)
let b = { c = 1; }; in { a = b; a.d = 2; }
