# Names behind a miss are not evaluated. (L38, L52)
[ ({ } ? a.${throw "name"}) (1 ? ${"a"}.${throw "name"}) ({ }.x.${throw "name"} or "default") ]
