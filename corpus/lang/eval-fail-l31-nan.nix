# ... NaN, which is no equal of itself. (L31, L5)
let nan = (builtins.fromTOML "x = nan").x; in assert nan == nan; 1
