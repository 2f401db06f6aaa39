# time: the towers of Hanoi with 64 disks
let hanoi = n: a: b: c: if n == 0 then 0 else hanoi (n - 1) a c b + 1 + hanoi (n - 1) c b a; in hanoi 64 "a" "b" "c"
