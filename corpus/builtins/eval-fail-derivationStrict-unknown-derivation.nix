# A derivation that is only named in a context is not in the store.
derivationStrict {
  name = "m";
  builder = "/b";
  system = "s";
  x = builtins.appendContext "x" { "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n.drv" = { outputs = [ "out" ]; }; };
}
