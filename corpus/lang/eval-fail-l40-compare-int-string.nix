# Values of different types. (L40)
1 < "1"
