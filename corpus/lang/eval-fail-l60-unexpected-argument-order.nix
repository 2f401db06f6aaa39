# Which of several unexpected arguments is told: that whose name was read first. (L60, L27)
let f = { ok5 }: ok5; in f { zz5 = 1; ok5 = 2; aa5 = 3; }
