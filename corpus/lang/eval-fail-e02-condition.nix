# A condition that is its own result. (E2)
let b = if b then true else false; in b
