# The first list is forced before the second, and the lengths are compared before any element is.
builtins.replaceStrings [ (throw "pattern") ] [ ] (throw "the string")
