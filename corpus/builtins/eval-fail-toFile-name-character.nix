# Names of store paths have few characters.
builtins.toFile "a b" ""
