# A service that brings a user and a file with it.
{ config, lib, ... }:
let
  cfg = config.services.web;
in
{
  options.services.web = {
    enable = lib.mkOption { default = false; };
    port = lib.mkOption { default = 80; };
  };
  config = lib.mkIf cfg.enable {
    systemd.services.web.run = "/bin/web --port ${toString cfg.port}";
    users.users.web.uid = 60;
    environment.etc."web.conf".text = "port ${toString cfg.port}\n";
  };
}
