# L37: the variable `or` may come from with
f: with { or = 1; }; f or
