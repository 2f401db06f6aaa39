# ... and backward. (L39)
let f = { a }: a; in f <| { b = 1; }
