# cycle: a list whose length is its element
let l = builtins.genList (i: i) (builtins.head l); in l
