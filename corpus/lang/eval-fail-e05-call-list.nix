# ... a list. (E5)
[ (x: x) ] 1
