[
  1 2.5 "a\nb" ''
    c
      ${d: d}
  '' ./e/${"f"}/g <h/i> http://j __curPos
]
