# An element that selects itself; elements may refer to their list otherwise. (E2)
let xs = [ 1 (builtins.elemAt xs 1) ]; in xs
