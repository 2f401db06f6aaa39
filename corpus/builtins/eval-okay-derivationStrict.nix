# derivationStrict returns the path of the derivation and of each output, no more.
{
  simple = derivationStrict { name = "simple"; builder = "/bin/sh"; system = "x86_64-linux"; };
  outputs = derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "out" "dev" "bin" ]; };
  noOut = derivationStrict { name = "n"; builder = "/b"; system = "s"; outputs = [ "lib" ]; };
  args = derivationStrict { name = "n"; builder = "/b"; system = "s"; args = [ "-c" "echo" 1 null true [ "x" "y" ] ]; };
  emptyArgs = derivationStrict { name = "n"; builder = "/b"; system = "s"; args = [ ]; };
}
