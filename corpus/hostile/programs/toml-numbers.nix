# errors: fromTOML of numbers and dates that do not fit
map (v: builtins.tryEval (builtins.fromTOML "a = ${v}")) [ (builtins.foldl' (s: _: s + s) "9" (builtins.genList (i: i) 20)) "1e999999999" "9999-99-99" ]
