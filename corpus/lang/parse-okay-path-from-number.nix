# L13: numbers at the start of a path
[ 1/a 1.5/a .5/a 1+/a 1-2/a 05/a ]
