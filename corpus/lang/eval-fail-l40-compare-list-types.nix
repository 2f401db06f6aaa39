# ... and may be of different types. (L40)
[ [ "a" 1 ] ] < [ [ "a" "b" ] ]
