# The name in a selection may not refer to a store path. (L20, L44)
{ }.${builtins.toFile "f" "x"} or 1
