# ... a set. (L29)
if { a = true; } then 1 else 2
