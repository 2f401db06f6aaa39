# An unknown algorithm; its message is the same wherever algorithms are named.
builtins.hashString "sha3" "abc"
