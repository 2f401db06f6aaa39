# x:x is a string, and cannot be called. (L12)
(x:x) 1
