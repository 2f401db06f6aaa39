# ... derivations, by their output path. (L31, L41)
let d = outPath: x: { type = "derivation"; inherit outPath x; }; in assert d "/a" 1 == d "/b" 1; 1
