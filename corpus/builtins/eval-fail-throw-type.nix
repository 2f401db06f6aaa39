# throw wants a string.
throw (x: x)
