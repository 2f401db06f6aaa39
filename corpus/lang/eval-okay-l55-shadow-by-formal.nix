# ... in functions, rec, and inherit; but not by with. (L55)
[ ((true: true) 5) (({ null }: null) { null = 6; }) (rec { false = 7; x = false; }.x) (with { true = 8; abort = 9; }; [ true ]) (let inherit ({ toString = 10; }) toString; in toString) ]
