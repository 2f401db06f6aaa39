# toString of a function. (L28)
toString (x: x)
