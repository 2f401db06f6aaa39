# L4: a.5 is a call, not a selection
a: [ (a.5) (a .5) (a.b.5) ]
