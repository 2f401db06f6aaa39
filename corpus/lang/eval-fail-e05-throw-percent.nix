# Percent signs are nothing special. (E5)
throw "100% %s %1% %d"
