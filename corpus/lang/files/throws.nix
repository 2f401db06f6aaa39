{
  now = throw "from files/throws.nix";
}
