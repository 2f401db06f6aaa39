# concatMap wants a list as its second argument.
builtins.concatMap (x: [ x ]) 1
