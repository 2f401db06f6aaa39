# With __structuredAttrs the attributes become one JSON text; args stay apart.
let
  drv = attrs: (derivationStrict ({ name = "n"; builder = "/b"; system = "s"; __structuredAttrs = true; } // attrs)).drvPath;
in
{
  none = drv { };
  values = drv { i = 1; f = 1.5; b = true; n = null; l = [ 1 "a" { } ]; s = { a.b = "c"; }; t = "é\n\"\\"; };
  path = drv { x = ./files/text.txt; y = [ ./files/tree ]; };
  outPath = drv { x = { outPath = "p"; other = 1; }; };
  args = drv { args = [ "a" 1 ]; };
  order = drv { b = 1; a = 2; } == drv { a = 2; b = 1; };
  outputs = derivationStrict { name = "n"; builder = "/b"; system = "s"; __structuredAttrs = true; outputs = [ "out" "dev" ]; };
  fixed = derivationStrict {
    name = "n";
    builder = "/b";
    system = "s";
    __structuredAttrs = true;
    outputHash = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    outputHashAlgo = "sha256";
    outputHashMode = "recursive";
  };
  exportReferencesGraph = drv { exportReferencesGraph.graph = [ ./files/text.txt ]; };
  outputChecks = drv { outputChecks.out.allowedReferences = [ "out" ]; };
  disabled = drv { allowedReferences = [ ]; maxSize = 1; };
  json = derivationStrict { name = "n"; builder = "/b"; system = "s"; __json = ''{"a": 1}''; };
}
