# ... a string. (E5)
"f" 1
