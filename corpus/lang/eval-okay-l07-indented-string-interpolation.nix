# What is interpolated has no part in the indentation, and its lines are not indented. (L7)
let x = "  x\n    y"; in [
  ''
    ${x}
      z
  ''
  ''
      a
    ${x} b
  ''
  ''${x}
      c''
]
