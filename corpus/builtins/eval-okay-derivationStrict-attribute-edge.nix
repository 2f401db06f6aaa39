# Attributes with odd values in the places that mean something.
let
  drv = attrs: (derivationStrict ({ name = "n"; builder = "/b"; system = "s"; } // attrs)).drvPath;
in
{
  out = drv { out = "given"; } == drv { };
  otherOutput = drv { outputs = [ "out" "dev" ]; dev = "given"; } == drv { outputs = [ "out" "dev" ]; };
  notAnOutput = drv { dev = "given"; };
  builderList = drv { builder = [ "/b" ]; } == drv { };
  builderTwo = drv { builder = [ "/b" "x" ]; };
  builderInt = drv { builder = 1; };
  systemSet = drv { system = { outPath = "s"; }; } == drv { };
  systemTrue = drv { system = true; };
  argsPath = drv { args = [ ./files/text.txt [ "a" "b" ] null ]; };
  drvPath = drv { drvPath = "x"; };
  type = drv { type = "derivation"; };
  outPathAttribute = drv { outPath = "x"; };
  functor = drv { x = { __functor = self: y: y; outPath = "p"; }; };
  long = drv { x = builtins.concatStringsSep " " (builtins.genList toString 1000); };
  controlBytes = drv { x = builtins.fromJSON ''"\u0001\u007f\u0008"''; };
  bytes = drv { x = builtins.readFile ./files/bytes.bin; };
}
