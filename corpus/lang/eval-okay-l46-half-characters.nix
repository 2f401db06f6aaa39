# Half a character prints as the bytes it has. (L46)
[ (builtins.substring 0 1 "ä") (builtins.substring 1 1 "ä") ]
