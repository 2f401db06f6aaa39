# concatLists forces the inner lists in order.
builtins.concatLists [ (builtins.trace "one" [ 1 ]) (builtins.trace "two" (throw "two")) (throw "three") ]
