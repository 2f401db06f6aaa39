# The XML of each kind of value.
map builtins.toXML [
  1
  1.5
  "s"
  "a<b>&\"'\n\t\r"
  true
  false
  null
  /a/b
  [ ]
  [ 1 [ "x" ] ]
  { }
  { b = 1; a = { c = 2; }; "x<y" = 3; }
  (x: x)
  ({ a, b ? 1 }: a)
  ({ a, ... }: a)
  ({ a, ... }@args: a)
  (args@{ }: 1)
  builtins.add
  (builtins.add 1)
  "é"
  { __toString = self: "not used"; }
  { outPath = "not used"; }
]
