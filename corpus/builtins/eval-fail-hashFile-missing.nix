# A file that is not there.
builtins.hashFile "sha256" ./files/missing
