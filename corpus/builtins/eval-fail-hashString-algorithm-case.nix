# Names of algorithms are lower case.
builtins.hashString "SHA256" "abc"
