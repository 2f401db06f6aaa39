# hashFile wants a path as its second argument.
builtins.hashFile "sha256" 1
