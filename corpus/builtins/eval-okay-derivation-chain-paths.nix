# The paths of a chain of derivations.
let
  mk = attrs: derivation ({ builder = "/b"; system = "s"; } // attrs);
  a = mk { name = "a"; };
  b = mk { name = "b"; outputs = [ "out" "dev" ]; inherit a; };
  c = mk { name = "c"; b = b; dev = b.dev; args = [ a b.dev ]; };
  f = mk { name = "f"; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; };
  f2 = mk { name = "f"; outputHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; url = "elsewhere"; };
  g = mk { name = "g"; inherit f; };
  g2 = mk { name = "g"; f = f2; };
in
{
  inherit (a) outPath drvPath;
  b = [ b.outPath b.dev.outPath b.drvPath ];
  c = [ c.outPath c.drvPath ];
  f = [ f.outPath f.drvPath ];
  g = [ g.outPath g.drvPath ];
  fixedSameOut = f.outPath == f2.outPath;
  fixedSameDrv = f.drvPath == f2.drvPath;
  downstreamSameOut = g.outPath == g2.outPath;
  downstreamSameDrv = g.drvPath == g2.drvPath;
  builderIsDerivation = (mk { name = "d"; builder = a; }).outPath;
  builderBelow = (mk { name = "d"; builder = "${a}/bin/sh"; }).outPath;
  builderPath = (mk { name = "d"; builder = ./files/modes/plain; }).outPath;
  source = (mk { name = "d"; src = ./files/tree; text = builtins.toFile "t" "x"; }).drvPath;
  listOfDerivations = (mk { name = "d"; l = [ a b c ]; }).drvPath;
  contextOnly = (mk { name = "d"; x = builtins.substring 0 0 "${a}"; }).drvPath;
  noContext = (mk { name = "d"; x = builtins.unsafeDiscardStringContext "${a}"; }).drvPath;
  drvPathAsSource = (mk { name = "d"; x = builtins.unsafeDiscardOutputDependency a.drvPath; }).drvPath;
  placeholder = (mk { name = "d"; x = placeholder "out"; }).outPath;
}
