# L10: interpolation next to text
a: b: [
  "pre ${a} post"
  "${a}${b}"
  "${a} ${b}"
  "x${a}y${b}z"
]
