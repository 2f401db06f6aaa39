# errors: bracket expressions that are wrong in every way
map (r: builtins.tryEval (builtins.match r "a")) [ "[[:alpha:]" "[z-a]" "[[:nosuch:]]" "[[.a.]" "[[=a=]" "[" "[]" "[^]" "a**" "(" ")" "{" "a{2,1}" "\\" ]
