# A NaN equals nothing and is neither less nor greater; the operators that negate __lessThan say true. (L5, L43)
let nan = (builtins.fromTOML "nan = nan").nan; in [ nan (nan == nan) (nan != nan) (nan < nan) (nan <= nan) (nan > nan) (nan >= nan) (nan < 1) (nan >= 1) (1 < nan) (1 >= nan) (toString nan) ]
