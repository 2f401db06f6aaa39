# Frames of list elements. (E5)
[ 1 [ 2 [ 3 (throw "index 1 of index 1 of index 1") ] ] ]
