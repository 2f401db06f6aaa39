# A float plus a string. (L16)
1.5 + "a"
