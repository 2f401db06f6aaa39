# ... of a function that matches its argument. (E2)
let f = { a }: { inherit a; }; r = f r; in r
