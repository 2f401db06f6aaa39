# The same name in different sets, scopes and formals is no duplicate. (L56)
let a = 1; in { a = { a = a; b.a = 2; }; b = a; c = let a = 3; in a; d = (a: { inherit a; }) 4; e.a.a = 5; e.b.a = 6; }
