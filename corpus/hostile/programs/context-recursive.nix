# depth: addErrorContext around a call that adds error context
let go = n: builtins.addErrorContext "at ${toString n}" (go (n + 1) + 1); in go 0
