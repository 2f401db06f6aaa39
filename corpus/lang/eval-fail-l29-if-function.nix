# ... a function. (L29)
if (x: true) then 1 else 2
