# L4: 1e3 is a call of 1 with e3
1e3
