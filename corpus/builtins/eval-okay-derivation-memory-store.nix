# With a store that can be written, here one in memory, a derivation can depend on the file of another with all its outputs.
let
  mk = attrs: derivation ({ builder = "/b"; system = "s"; } // attrs);
  a = mk { name = "a"; outputs = [ "out" "dev" ]; src = builtins.toFile "src" "text"; };
  b = mk { name = "b"; inherit a; };
  c = mk { name = "c"; x = b.drvPath; };
in
{
  b = [ b.outPath b.drvPath ];
  c = [ c.outPath c.drvPath ];
  graph = (mk { name = "d"; exportReferencesGraph = [ "graph" b.drvPath ]; }).drvPath;
  storePath = builtins.storePath a.drvPath;
  storePathContext = builtins.getContext (builtins.storePath (builtins.unsafeDiscardStringContext a.drvPath));
}
