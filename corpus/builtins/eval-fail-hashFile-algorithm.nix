# An unknown algorithm.
builtins.hashFile "none" ./files/text.txt
