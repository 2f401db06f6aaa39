{
  name = "default";
  inherit (import ./value.nix) value;
}
