# What firn is made fast for: the evaluations whose profile is cmd/firn/default.pgo
# (just pgo). Both arguments are folders of nixpkgs, one of 2018 and one of today.
{ old, new }:
let
  system = "x86_64-linux";
  machine = {
    boot.loader.grub.device = "/dev/sda";
    fileSystems."/".device = "/dev/sda1";
    services.openssh.enable = true;
    services.nginx = {
      enable = true;
      virtualHosts."www.example.org".root = "/srv/www";
    };
    services.xserver.enable = true;
    users.users.alice = {
      isNormalUser = true;
      extraGroups = [ "wheel" ];
    };
  };
  today = { pkgs, ... }: {
    imports = [ machine ];
    fileSystems."/".fsType = "ext4";
    services.desktopManager.gnome.enable = true;
    virtualisation.podman.enable = true;
    environment.systemPackages = [ pkgs.git pkgs.vim pkgs.firefox ];
    system.stateVersion = "26.11";
  };
  paths = set: names: map (n: set.${n}.drvPath) names;
in
map builtins.stringLength ([
  (import (old + "/nixos") { inherit system; configuration = machine; }).system.drvPath
  (import (new + "/nixos/lib/eval-config.nix") { inherit system; modules = [ today ]; }).config.system.build.toplevel.drvPath
] ++ paths (import old { inherit system; config = { }; }) [ "firefox" "libreoffice" "gimp" "python3" "emacs" ]
  ++ paths (import new { inherit system; config = { }; overlays = [ ]; }) [ "firefox" "chromium" "libreoffice" "git" "nodejs" "rustc" "postgresql" ])
