# L24: plain inherit takes the name from outside
a: [ rec { inherit a; } (let inherit a; in a) (rec { b = 1; c = { inherit b; }; }) ]
