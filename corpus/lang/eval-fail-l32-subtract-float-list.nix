# ... a float and a list. (L32)
1.5 - [ ]
