# BLAKE3 is experimental.
builtins.hashString "blake3" "abc"
