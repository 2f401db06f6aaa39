# depth: an assertion that asserts the next
let go = n: assert go (n + 1); true; in go 0
