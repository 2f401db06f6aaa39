# L4: 1e3 is the call `1 e3`
e3: e: [ (1e3) (1.5e) (1.5 e3) ]
