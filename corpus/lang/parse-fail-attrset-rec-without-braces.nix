# L17: rec needs a set
rec a
