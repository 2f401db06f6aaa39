# errors: a list of fewer than no elements
builtins.genList (i: i) (-9223372036854775807 - 1)
