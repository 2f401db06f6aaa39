# host: filterSource with a filter that does not return
let l = builtins.genList (i: i) 100000; t = p: builtins.all (_: p) l; in builtins.filterSource (_: _: t (t (t (t true) && builtins.all (_: builtins.all (_: t true) l) l))) ./.
