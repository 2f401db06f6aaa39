# An error that tryEval caught leaves no trace. (E5)
let r = builtins.tryEval (throw "caught"); in if r.success then 1 else r.value + 1
