# A path is not a string.
builtins.hashString "sha256" ./files/text.txt
