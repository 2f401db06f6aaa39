# With __ignoreNulls an attribute that is null is left out; __ignoreNulls itself never gets into the environment.
let
  drv = attrs: (derivationStrict ({ name = "n"; builder = "/b"; system = "s"; } // attrs)).drvPath;
in
{
  ignored = drv { __ignoreNulls = true; x = null; } == drv { };
  kept = drv { __ignoreNulls = false; x = null; } == drv { x = ""; };
  inList = drv { __ignoreNulls = true; x = [ null ]; } == drv { x = [ null ]; };
  args = drv { __ignoreNulls = true; args = null; } == drv { };
  outputs = derivationStrict { name = "n"; builder = "/b"; system = "s"; __ignoreNulls = true; outputs = null; };
  outputHash = derivationStrict { name = "n"; builder = "/b"; system = "s"; __ignoreNulls = true; outputHash = null; };
  contentAddressed = drv { __ignoreNulls = true; __contentAddressed = null; } == drv { };
  structured = drv { __ignoreNulls = true; __structuredAttrs = true; x = null; y = { z = null; }; };
}
