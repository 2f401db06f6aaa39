# L13: tokens that end a path
a: [ ./a"b" ./a(a) ./a{} ./a[] ./a<b> (./a==a) (./a<a) ./a''b'' ]
