# ... and of a default. (E5)
let f = { a ? throw "default of a" }: a; in { r = f { }; }
