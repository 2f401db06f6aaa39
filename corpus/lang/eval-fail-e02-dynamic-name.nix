# A name that depends on its set. (E2)
let s = { ${builtins.head (builtins.attrNames s)} = 1; }; in s
