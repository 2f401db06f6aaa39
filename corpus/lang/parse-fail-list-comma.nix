# L51: a comma in a list
[ 1, 2 ]
