# L22: legacy let has no in
let { a = 1; } in a
