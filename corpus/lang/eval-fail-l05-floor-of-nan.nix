# ... nor near NaN. (L5)
builtins.floor (builtins.fromTOML "nan = nan").nan
