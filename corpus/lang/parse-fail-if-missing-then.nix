# L29: no then
if true 1 else 2
