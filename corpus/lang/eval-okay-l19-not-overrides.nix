# No effect in a set that is not rec, in let, or by a dynamic name. (L19)
[ { a = 1; __overrides = { a = 2; }; } (let a = 1; __overrides = { a = 2; }; in a) rec { a = 1; ${"__over" + "rides"} = { a = 2; }; b = a; } ]
