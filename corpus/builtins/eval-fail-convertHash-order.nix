# The hash is looked at before the algorithm, and that before the notation.
builtins.convertHash { toHashFormat = throw "notation"; hashAlgo = builtins.trace "algorithm" "sha256"; hash = builtins.trace "hash" "x"; }
