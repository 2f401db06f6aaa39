# time: elem over a long list of long lists that differ only at the end
let l = builtins.genList (i: builtins.genList (j: if j == 9999 then i else j) 10000) 10000; in builtins.filter (x: !(builtins.elem x l)) l
