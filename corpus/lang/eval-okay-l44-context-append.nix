# appendContext and discarding. (L44)
let
  s = builtins.appendContext "text" { "/nix/store/00000000000000000000000000000000-a" = { path = true; }; "/nix/store/00000000000000000000000000000001-b.drv" = { outputs = [ "out" "dev" ]; allOutputs = true; }; };
in
[ (builtins.getContext s) (builtins.getContext (builtins.unsafeDiscardStringContext s)) (builtins.getContext (s + s)) (builtins.appendContext "a" { }) (builtins.hasContext (builtins.appendContext "a" { "/nix/store/00000000000000000000000000000000-a" = { }; })) ]
