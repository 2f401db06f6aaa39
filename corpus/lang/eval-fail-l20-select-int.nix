# Nor is an integer. (L20)
{ a = 1; }.${1} or 2
