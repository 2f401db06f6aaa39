# L30: an unknown set
with a; b
