# The text to parse may not refer to store paths.
fromTOML "x = '${./files/text.txt}'"
