{ config, lib, ... }:
{
  networking.hostName = "cellar";
  system.stateVersion = "1";
  services.web.enable = true;
  systemd.services.clock.run = "/bin/clock";
}
