# To depend on a derivation with all outputs, its file must be in the store, which --readonly-mode prevents.
derivationStrict {
  name = "m";
  builder = "/b";
  system = "s";
  x = (derivationStrict { name = "n"; builder = "/b"; system = "s"; }).drvPath;
}
