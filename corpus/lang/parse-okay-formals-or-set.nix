# L26: what makes `{` a set
a: [ { } { inherit a; } { a = a; } { a.b = a; } { "a" = a; } { ${a} = a; } ({ }.a) ({ } { }) ({ } ? a) ({ } // { }) ]
