# depth: S and K, in a term that grows as it is reduced
let s = x: y: z: x z (y z); k = x: y: x; i = s k k; a = s i i; in a (s a a) a
