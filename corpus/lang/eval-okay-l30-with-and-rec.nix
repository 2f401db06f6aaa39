# rec inside with, and with inside rec. (L30, L17)
[ (with { a = 1; }; rec { b = a; c = b; }) (with { a = 1; }; rec { inherit a; b = a; }) rec { a = 1; b = with { a = 2; c = 3; }; [ a c ]; } (with { a = 1; b = 2; }; let a = 3; in { inherit a b; }) (with rec { x = 1; y = x; }; y) (let s = { a = 1; }; in with s; with { s = { a = 2; }; }; s.a) ]
