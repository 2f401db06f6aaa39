# A string with context cannot become part of a path. (L14, L44)
./a/${builtins.toFile "f" "text"}
