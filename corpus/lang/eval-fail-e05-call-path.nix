# ... a path, as when a space comes before a slash. (E5)
let a = 6; b = 2; in a /b
