# Dots and dashes separate; digits and other characters are components of their own.
map builtins.splitVersion [
  "1.2.3"
  "1.2pre3"
  "2.3a"
  "1..2"
  "1-2"
  ""
  "."
  ".-."
  "a"
  "1a2b3"
  "1.2.3-rc1"
  "1_2"
  "1+2"
  "007"
  "é1"
  " 1 2 "
]
