# Attributes that mean something to the builder of Nix are plain environment variables to the evaluator.
let
  drv = attrs: (derivationStrict ({ name = "n"; builder = "/b"; system = "s"; } // attrs)).drvPath;
in
{
  passAsFile = drv { passAsFile = [ "a" "b" ]; a = "A"; b = "B"; };
  allowedReferences = drv { allowedReferences = [ "out" ]; };
  allowedRequisites = drv { allowedRequisites = [ ]; };
  disallowedReferences = drv { disallowedReferences = [ "out" ]; };
  disallowedRequisites = drv { disallowedRequisites = [ ]; };
  exportReferencesGraph = drv { exportReferencesGraph = [ "graph" ./files/text.txt ]; };
  impureEnvVars = drv { impureEnvVars = [ "http_proxy" ]; };
  preferLocalBuild = drv { preferLocalBuild = true; allowSubstitutes = false; };
  requiredSystemFeatures = drv { requiredSystemFeatures = [ "kvm" ]; };
  noChroot = drv { __noChroot = true; };
  sandboxProfile = drv { __sandboxProfile = ""; };
  darwin = drv { __darwinAllowLocalNetworking = true; __impureHostDeps = [ "/x" ]; };
  unsafeDiscardReferences = drv { unsafeDiscardReferences.out = true; __structuredAttrs = true; };
  contentAddressedFalse = drv { __contentAddressed = false; };
  impureFalse = drv { __impure = false; };
  structuredFalse = drv { __structuredAttrs = false; };
  ignoreNullsFalse = drv { __ignoreNulls = false; };
  plain = drv { };
  outputHashModeAlone = drv { outputHashMode = "recursive"; };
  outputHashAlgoAlone = drv { outputHashAlgo = "sha256"; };
  meta = drv { meta = [ "x" ]; };
}
