# memory: deepSeq of a tree with 2^60 nodes, none of them shared
let tree = d: if d == 0 then null else { l = tree (d - 1); r = tree (d - 1); }; in builtins.deepSeq (tree 60) 1
