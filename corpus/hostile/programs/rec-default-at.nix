# cycle: a default that asks the whole argument for itself
({ a ? args.b.c, b, ... }@args: a) (let s = { b = { c = s.b.d; d = s.b.c; }; }; in s)
