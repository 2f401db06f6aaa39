# An assertion about itself. (E2)
let b = assert b; true; in b
