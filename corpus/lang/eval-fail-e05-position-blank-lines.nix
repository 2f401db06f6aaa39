# Blank lines around the line of an error. (E5)

1 + "a"

