# Nor null. (L40)
null < null
