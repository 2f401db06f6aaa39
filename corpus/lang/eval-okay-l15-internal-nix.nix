# <nix/...> is found without a search path. (L15)
[ (builtins.typeOf <nix/fetchurl.nix>) (builtins.isFunction (import <nix/fetchurl.nix>)) (builtins.tryEval <nix/no-such-file.nix>).success ]
