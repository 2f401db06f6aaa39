# errors: sorting what has no order, after a long list that has
builtins.sort builtins.lessThan (builtins.genList (i: if i == 3000000 then { } else i) 3000001)
