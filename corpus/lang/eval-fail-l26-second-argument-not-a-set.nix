# The second function of a curried one. (L26)
let f = a: { b }: b; in f { } null
