# errors: appendContext with keys that are no store paths
builtins.appendContext "x" (builtins.listToAttrs (builtins.genList (i: { name = "/nix/store/${toString i}"; value = { path = true; }; }) 1000000))
