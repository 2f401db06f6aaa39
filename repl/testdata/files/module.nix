{ config, lib, ... }:
{
  users = [ "bob" ];
  services = lib.mkIf true {
    web.port = 80;
  };
}
