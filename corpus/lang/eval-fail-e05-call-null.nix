# ... null. (E5)
let lib.f = null; in { r = lib.f 1; }
