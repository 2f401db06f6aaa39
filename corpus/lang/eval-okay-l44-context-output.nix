# The second kind: an output of a derivation. (L44)
let d = derivation { name = "n"; system = "s"; builder = "b"; outputs = [ "out" "dev" ]; }; in [ (builtins.getContext "${d}") (builtins.getContext "${d.dev} ${d}") (builtins.getContext d.dev.outPath) "${d.dev}" (builtins.getContext d.name) ]
