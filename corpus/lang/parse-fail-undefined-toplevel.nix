# L55: an unknown name
nope
