{ ... }:
{
  fileSystems."/".device = "/dev/sda1";
  boot.loader.grub.device = "/dev/sda";
  services.openssh.enabel = true;
}
