# An error in an attribute names it, with the derivation.
derivationStrict {
  name = "n";
  builder = "/b";
  system = "s";
  x = throw "in the attribute";
}
