# The pattern may not refer to store paths.
builtins.match "${./files/text.txt}" "x"
