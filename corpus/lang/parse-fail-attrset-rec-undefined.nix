# L17: an unknown name in rec
rec { a = 1; b = a c; }
