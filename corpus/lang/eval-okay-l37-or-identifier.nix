# or as the name of an attribute, and as a variable in some places. (L37)
[ { or = 1; } { or = 1; }.or ({ or = 1; } ? or) ({ }.or or 2) (with { or = 5; }; let f = x: [ x ]; in f or) ]
