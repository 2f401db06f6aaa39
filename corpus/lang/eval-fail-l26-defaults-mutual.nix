# Defaults that refer to each other. (L26, E2)
let f = { x ? y, y ? x }: x; in f { }
