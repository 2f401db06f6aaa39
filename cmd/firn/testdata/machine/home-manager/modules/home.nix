# A home of the tests: files, which the activation links into the folder of the user. As that of Home
# Manager it checks before it writes, takes --driver-version, and makes a root of what is active.
{ config, lib, busybox, system, ... }:
let
  inherit (lib) mkOption types concatStringsSep mapAttrsToList;
  files = mapAttrsToList (name: f: "link ${builtins.toFile "file" f.text} ${name}") config.home.file;
  activate = builtins.toFile "activate" ''
    #!${busybox} sh
    set -e
    b() { ${busybox} "$@"; }
    [ "$1 $2" = "--driver-version 1" ]
    self=$(b dirname $(b readlink -f $0))
    roots=''${XDG_STATE_HOME:-$HOME/.local/state}/home-manager/gcroots
    link() {
      if [ -e "$HOME/$2" ] && [ ! -L "$HOME/$2" ]; then
        if [ -z "$HOME_MANAGER_BACKUP_EXT" ]; then echo "Existing file '$HOME/$2' is in the way" >&2; exit 1; fi
        b mv "$HOME/$2" "$HOME/$2.$HOME_MANAGER_BACKUP_EXT"
      fi
      if [ $phase = write ]; then b mkdir -p "$(b dirname "$HOME/$2")"; b ln -sfn $1 "$HOME/$2"; fi
    }
    all() { :; ${concatStringsSep "; " files}; }
    phase=check; all
    phase=write; all
    ${config.home.extra}
    programs=$(b dirname $(b readlink -f $(command -v nix-env))) # where Home Manager looks for them, too
    $programs/nix-store --realise $self --add-root $roots/current-home > /dev/null
  '';
in
{
  options = {
    home.username = mkOption { };
    home.stateVersion = mkOption { };
    home.file = mkOption { type = types.attrs; default = { }; };
    home.packages = mkOption { type = types.list; default = [ ]; };
    home.extra = mkOption { type = types.lines; default = ""; };
    home.activationPackage = mkOption { };
    home.version.full = mkOption { default = "1"; };
    programs.git.enable = mkOption { default = false; };
    programs.git.name = mkOption { default = "nobody"; };
  };
  config = {
    home.file = lib.mkIf config.programs.git.enable { ".gitconfig".text = "[user]\nname = ${config.programs.git.name}\n"; };
    home.activationPackage = derivation {
      name = "home-manager-generation";
      inherit system;
      builder = busybox;
      args = [ "sh" "-c" "${busybox} mkdir $out && ${busybox} cp ${activate} $out/activate && ${busybox} chmod +x $out/activate && echo 1 > $out/gen-version" ];
    };
  };
}
