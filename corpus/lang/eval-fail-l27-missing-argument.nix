# A required argument is missing. (L27)
let f = { a, b, c ? 1 }: a; in f { a = 1; }
