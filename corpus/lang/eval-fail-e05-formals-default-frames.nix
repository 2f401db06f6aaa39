# A default that calls a function that fails. (E5, L26)
let f = { a ? g 1, b ? a }: { inherit b; }; g = n: n.x; in (f { }).b
