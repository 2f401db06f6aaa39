# A name that is looked up in a set that needs it. (E2)
let s = with s; a; in s
