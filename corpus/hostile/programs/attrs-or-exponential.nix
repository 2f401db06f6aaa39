# time: a default that tries two other defaults
let go = n: if n == 0 then { } else (go (n - 1)).a or ((go (n - 1)).b or { }); in go 100
