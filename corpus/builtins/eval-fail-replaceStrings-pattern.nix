# Patterns must be strings.
builtins.replaceStrings [ "a" 1 ] [ "b" "c" ] "abc"
