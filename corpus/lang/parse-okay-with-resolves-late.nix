# L30: under with every unknown name is accepted
let a = 1; in
with { };
[ a unknown (x: unknown x) (let b = unknown; in b) rec { c = unknown; } ({ d ? unknown }: d) ]
