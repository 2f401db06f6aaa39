{
  outputs = { self }: {
    nixosConfigurations.cellar = import ./default.nix { busybox = "/busybox"; system = "x86_64-linux"; };
  };
}
