# The only element of a list is forced too.
builtins.length (builtins.sort builtins.lessThan [ (throw "forced") ])
