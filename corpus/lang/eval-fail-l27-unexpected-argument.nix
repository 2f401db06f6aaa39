# An unexpected argument, with a suggestion. (L27)
let f = { length, width ? 1 }: length; in f { lenght = 1; length = 2; }
