# A web server with a database.
{ config, lib, pkgs, ... }:
let
  monitored = true;
in
{
  boot.loader.systemd-boot.enable = true;
  fileSystems."/" = { device = "/dev/disk/by-label/root"; fsType = "ext4"; };
  fileSystems."/boot" = { device = "/dev/disk/by-label/boot"; fsType = "vfat"; };
  networking.hostName = "web";
  networking.networkmanager.enable = true;
  system.stateVersion = "26.05";
  users.users.alice = { isNormalUser = true; extraGroups = [ "wheel" ]; };
  services.openssh.enable = true;
  services.nginx = { enable = true; virtualHosts."example.org" = { root = "/srv/www"; enableACME = true; forceSSL = true; }; };
  security.acme = { acceptTerms = true; defaults.email = "admin@example.org"; };
  services.postgresql = { enable = true; ensureDatabases = [ "app" ]; ensureUsers = [ { name = "app"; ensureDBOwnership = true; } ]; };
  services.prometheus = lib.mkIf monitored { enable = true; exporters.node.enable = true; };
  systemd.services.app = { wantedBy = [ "multi-user.target" ]; serviceConfig.ExecStart = "${pkgs.hello}/bin/hello"; };
  networking.firewall.allowedTCPPorts = [ 80 443 ];
  environment.systemPackages = with pkgs; [
    git
    htop
  ];
}
