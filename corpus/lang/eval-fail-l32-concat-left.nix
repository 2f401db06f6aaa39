# ++ needs lists. (L32)
1 ++ [ ]
