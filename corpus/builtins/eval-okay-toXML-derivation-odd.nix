# Paths of a derivation that are no strings are left out.
map builtins.toXML [
  { type = "derivation"; drvPath = 1; outPath = null; }
  { type = "derivation"; outPath = "o"; a = 1; }
  { type = "package"; drvPath = "d"; }
]
