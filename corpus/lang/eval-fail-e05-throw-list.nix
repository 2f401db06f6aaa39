# ... and lists. (E5)
abort [ "a" ]
