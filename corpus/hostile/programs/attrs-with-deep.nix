# depth: with-scopes opened within each other by recursion
let go = n: s: with s; with { a = n; }; go (a + 1) { b = a; inherit s; }; in go 0 { }
