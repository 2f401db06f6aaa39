# output: trace within trace, as far as calls go
let go = n: builtins.trace "line ${toString n}" (go (n + 1)); in go 0
