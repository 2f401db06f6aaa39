# depth: a call with ellipsis that hands all its arguments on, and one more
let f = { n, ... }@args: f (args // { n = n + 1; "a${toString n}" = n; }); in f { n = 0; }
