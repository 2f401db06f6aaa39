# Entries with and without prefix, as -I gives them. (L15)
[ <x> <x/one> <one> (import <x/set.nix>) (builtins.typeOf <x>) builtins.nixPath (builtins.tryEval <x/no>) (builtins.tryEval <xy>) ]
