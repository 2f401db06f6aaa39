# The first output in the list is the default one.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; outputs = [ "dev" "out" ]; };
in
[ d.outputName (d.outPath == d.dev.outPath) d.outPath d.out.outPath ]
