# memory: catAttrs of ten million sets that have the attribute
builtins.length (builtins.catAttrs "a" (builtins.genList (i: { a = i; b = i; }) 10000000))
