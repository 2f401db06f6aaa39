# abort wants a string.
abort { }
