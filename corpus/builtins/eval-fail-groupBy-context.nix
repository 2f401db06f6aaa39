# The name of a group may not refer to store paths.
builtins.groupBy (x: "${./files/text.txt}") [ 1 ]
