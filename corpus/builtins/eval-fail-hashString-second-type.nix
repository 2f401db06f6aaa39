# hashString wants a string as its second argument.
builtins.hashString "sha256" 1
