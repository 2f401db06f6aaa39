# ... from a string. (L36)
let s = { name = "str"; }; in { r = s.name.first; }
