# ... a list. (L29)
if [ ] then 1 else 2
