# Nor null. (L28)
builtins.readDir null
