# lines inside strings count
[
  "a
  b" ''
    c
  '' /* d
  */ )
