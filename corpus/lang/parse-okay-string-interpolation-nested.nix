# L10: strings, sets and comments inside interpolations
a: [
  "1 ${"2 ${"3 ${a}"}"}"
  "${{ x = "}"; }.x}"
  "${ /* } */ a # }
  }"
  "${let b = { c = a; }; in b.c}"
  "${''in ${a}''}"
]
