# L29: if is no list element
[ if true then 1 else 2 ]
