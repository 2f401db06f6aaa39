# An integer plus a string: other words. (L16)
1 + "a"
