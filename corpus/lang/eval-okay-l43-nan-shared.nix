# NaN in a shared element is equal to itself. (L43)
let nan = (builtins.fromTOML "x = nan").x; l = [ nan ]; in [ (nan == nan) (l == l) ([ nan ] == [ nan ]) ({ a = nan; } == { a = nan; }) ([ (nan + 0) ] == [ (nan + 0) ]) (l != l) (builtins.elem nan l) ]
