# With context the path is realised first, and fails.
builtins.pathExists "${./files/text.txt}"
