# The inner function of a curried one goes by the same name. (L27)
let outer = a: { b }: b; in outer 1 { }
