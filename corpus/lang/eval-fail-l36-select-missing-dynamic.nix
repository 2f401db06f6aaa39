# ... by a dynamic name. (L36)
let n = "fooo"; in { foo = 1; }.${n}
