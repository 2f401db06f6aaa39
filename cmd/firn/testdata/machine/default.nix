# A machine of the tests: configuration.nix is its configuration.
{ configuration ? ./configuration.nix, busybox ? "/bin/busybox", system ? builtins.currentSystem }:
import ./modules/eval.nix {
  modules = [ ./modules/system.nix ./modules/web.nix configuration ];
  args = { inherit busybox system; };
}
