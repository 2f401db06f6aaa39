# An integer literal ends where the digits end: what follows is another token. (L2, L51)
let x10 = "x10"; f = a: b: [ a b ]; in [ (builtins.length [ 0x10 ]) (builtins.length [ 1 2]) (f 0 x10) ]
