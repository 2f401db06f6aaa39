# Sets with __toString become its result, else those with outPath become its JSON.
map builtins.toJSON [
  { __toString = self: "string"; a = 1; }
  { outPath = "path"; a = throw "not reached"; }
  { outPath = { outPath = [ 1 2 ]; }; }
  { outPath = 5; }
  { __toString = self: "both"; outPath = "path"; }
  { type = "derivation"; outPath = "o"; }
  { __functor = self: x: x; outPath = "f"; }
  (derivation { name = "n"; builder = "/b"; system = "s"; })
]
