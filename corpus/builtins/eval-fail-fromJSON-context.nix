# The text to parse may not refer to store paths.
builtins.fromJSON (builtins.toJSON "${./files/text.txt}")
