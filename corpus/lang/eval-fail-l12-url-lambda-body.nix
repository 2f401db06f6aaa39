# ... which shows where a function was meant. (L12)
map (v:v) [ 1 ]
