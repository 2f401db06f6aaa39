# ... and so refuse integers. (E5)
throw 1
