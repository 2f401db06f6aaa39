# The pattern may not refer to store paths.
builtins.split "${./files/text.txt}" "x"
