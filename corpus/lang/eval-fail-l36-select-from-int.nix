# Selecting from an integer. (L36)
let x = 1; in x.a
