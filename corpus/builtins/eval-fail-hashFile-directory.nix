# A directory has no hash here.
builtins.hashFile "sha256" ./files/tree
