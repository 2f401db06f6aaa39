# ... from a list. (L36)
[ 1 2 ].length
