# concatMap calls the function for every element before it joins.
builtins.concatMap (x: builtins.trace "call ${toString x}" (if x == 3 then throw "end" else [ x ])) [ 1 2 3 4 ]
