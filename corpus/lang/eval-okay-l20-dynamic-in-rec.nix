# Dynamic attributes in rec see the others but are not seen by name. (L20)
let y = "outer"; in rec { x = 1; ${"y" + ""} = x + 1; z = y; }
