# Nor is null. (L32)
null ++ null
