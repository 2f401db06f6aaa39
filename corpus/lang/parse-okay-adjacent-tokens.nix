# L51: tokens need no space between them
a: [1"2"3 0a "a""b" ''a''"b"''c'' (a)(a) {}{} [][] a"b" a{} a[] ./a"b"1 1a.b]
