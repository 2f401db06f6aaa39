# What Home Manager has at this place, as far as the tests need it.
{ confPath, confAttr ? "" }:
let
  busybox = "/busybox";
  evaluated = import ../../modules/eval.nix {
    modules = [ ../modules/home.nix (if confAttr == "" then confPath else (import confPath).${confAttr}) ];
    args = { inherit busybox; system = builtins.currentSystem; };
  };
in
evaluated // { inherit (evaluated.config.home) activationPackage; }
