# Nor can it be read.
builtins.readFile (builtins.toFile "x" "text")
