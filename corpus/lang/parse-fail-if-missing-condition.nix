# L29: no condition
if then 1 else 2
