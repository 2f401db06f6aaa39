# depth: the message of a throw throws, and so on
let go = n: throw "${go (n + 1)}"; in go 0
