# A deep value is cut, too. (L10)
"${[ [ [ [ [ [ [ [ [ [ [ [ 1 ] ] ] ] ] ] ] ] ] ] ] ]}"
