# Most builtins need the prefix; no suggestion for variables. (L57)
let xs = [ 1 ]; in length xs
