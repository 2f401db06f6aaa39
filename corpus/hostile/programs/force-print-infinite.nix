# depth: printing a list of lists of lists
let go = n: [ n (go (n + 1)) (go (n + 1)) ]; in go 0
