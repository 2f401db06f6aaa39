# Nor may the name refer to a store path. (L20, L44)
{ ${builtins.toFile "f" "x"} = 1; }
