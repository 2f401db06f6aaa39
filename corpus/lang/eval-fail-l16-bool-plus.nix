# Nor Booleans. (L16)
true + "a"
