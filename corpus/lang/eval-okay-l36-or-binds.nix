# The default takes one selection, and binds closer than application. (L36)
let s = { f = x: x + 1; }; g = x: [ x ]; in [ (s.f or (x: x) 1) (s.g or s.f 1) (g s.x or 5) (1 + s.x or 2) ]
