# ... and so is a long list, and a deep value. (L10)
"${[ 1 2 3 4 5 6 7 8 9 10 11 12 [ [ [ [ [ [ [ [ [ [ [ [ 1 ] ] ] ] ] ] ] ] ] ] ] ] ]}"
