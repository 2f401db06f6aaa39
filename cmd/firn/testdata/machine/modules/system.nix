# What a machine of the tests consists of, and how its generation is built and activated. The names
# are those of NixOS.
{ config, lib, busybox, system, ... }:
let
  inherit (lib) mkOption types concatStringsSep mapAttrsToList;

  sh = name: env: script: derivation (env // {
    inherit name system;
    builder = busybox;
    args = [ "sh" "-c" ("b() { ${busybox} \"$@\"; }\n" + script) ];
  });

  etc = sh "etc" { names = map (e: e.name) files; sources = map (e: e.source) files; } ''
    b mkdir $out
    set -- $sources
    for n in $names; do b mkdir -p $out/$(b dirname $n); b ln -s $1 $out/$n; shift; done
  '';
  files = mapAttrsToList (name: f: { inherit name; source = f.source or (builtins.toFile "file" f.text); }) config.environment.etc;

  # The activation makes /etc and /run/current-system; services are files below /run/services.
  program = builtins.toFile "switch-to-configuration" ''
    #!${busybox} sh
    set -e
    b() { ${busybox} "$@"; }
    self=$(b dirname $(b dirname $(b readlink -f $0)))
    echo "$1: $self"
    b mkdir -p /run/services /boot /etc
    case $1 in
    switch|boot) for l in /nix/var/nix/profiles/system-*-link; do [ -L $l ] && echo "$l $(b readlink $l)"; done > /boot/menu.new; b mv /boot/menu.new /boot/menu ;;
    esac
    case $1 in boot) exit 0 ;; dry-activate) echo "would start ${concatStringsSep " " (builtins.attrNames config.systemd.services)}"; exit 0 ;; esac
    ${config.system.preActivation}
    b ln -sfn $self/etc /etc/static.new; b mv -T /etc/static.new /etc/static
    b ln -s $self /run/current-system.new.$$; b mv -T /run/current-system.new.$$ /run/current-system
    b rm -rf /run/services.new; b mkdir /run/services.new
    for s in ${concatStringsSep " " (builtins.attrNames config.systemd.services)}; do echo $self > /run/services.new/$s; done
    b rm -rf /run/services; b mv /run/services.new /run/services
    ${config.system.postActivation}
  '';
in
{
  options = {
    networking.hostName = mkOption { };
    environment.etc = mkOption { type = types.attrs; default = { }; };
    environment.systemPackages = mkOption { type = types.list; default = [ ]; };
    systemd.services = mkOption { type = types.attrs; default = { }; };
    systemd.units = mkOption { type = types.attrs; default = { }; };
    users.users = mkOption { type = types.attrs; default = { }; };
    system.preActivation = mkOption { type = types.lines; default = ""; };
    system.postActivation = mkOption { type = types.lines; default = ""; };
    system.build = mkOption { type = types.attrs; default = { }; };
    system.stateVersion = mkOption { };
    system.nixos.label = mkOption { default = "test"; };
    system.nixos.version = mkOption { default = "1"; };
  };
  config = {
    environment.etc.hostname.text = config.networking.hostName + "\n";
    systemd.units = builtins.mapAttrs (name: s: { text = "[Service]\nExecStart=${s.run}\n"; }) (
      builtins.listToAttrs (mapAttrsToList (name: value: { name = name + ".service"; inherit value; }) config.systemd.services)
    );
    environment.etc."units".text = concatStringsSep "\n" (mapAttrsToList (n: u: n + ":" + u.text) config.systemd.units);
    system.build.toplevel = sh "nixos-system-${config.networking.hostName}-${config.system.nixos.label}" { inherit etc program; packages = config.environment.systemPackages; } ''
      b mkdir -p $out/bin
      b ln -s $etc $out/etc
      b cp $program $out/bin/switch-to-configuration
      b chmod +x $out/bin/switch-to-configuration
      echo $packages > $out/packages
    '';
  };
}
