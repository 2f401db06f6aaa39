# memory: appendContext with three million keys
let path = i: builtins.unsafeDiscardStringContext (builtins.toFile "f${toString i}" ""); in builtins.appendContext "x" (builtins.listToAttrs (builtins.genList (i: { name = path i; value = { path = true; }; }) 3000000))
