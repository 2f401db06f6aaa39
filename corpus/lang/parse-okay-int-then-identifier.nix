# L2: 0x10 is the call `0 x10`
x10: [ (0x10) ]
