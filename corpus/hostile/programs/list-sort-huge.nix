# memory: sorting fifty million elements with builtins.lessThan
builtins.elemAt (builtins.sort builtins.lessThan (builtins.genList (i: builtins.bitXor (i * 7919) 16777215) 50000000)) 0
