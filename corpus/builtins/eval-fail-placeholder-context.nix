# The name of an output may not refer to a store path.
placeholder "${./files/text.txt}"
