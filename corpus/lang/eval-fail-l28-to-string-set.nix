# toString of a set that has neither, in nested lists. (L28)
toString [ 1 [ "a" { b = 1; } ] ]
