# time: a comparator that says less for everything, on a long list
builtins.length (builtins.sort (a: b: true) (builtins.genList (i: i) 10000000))
