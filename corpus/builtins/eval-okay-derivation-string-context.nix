# The strings that derivation returns, and their context.
let
  d = derivation { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" ]; };
  get = builtins.getContext;
in
{
  out = get d.outPath;
  dev = get d.dev.outPath;
  drvPath = get d.drvPath;
  interpolated = get "${d}/bin";
  toString = get (toString d);
  toJSON = get (builtins.toJSON d);
  name = get d.name;
  baseNameOf = baseNameOf d;
  stringLength = builtins.stringLength d;
  list = get (toString [ d d.dev ]);
}
