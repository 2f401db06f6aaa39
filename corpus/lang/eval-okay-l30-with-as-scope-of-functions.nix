# Functions close over the with. (L30)
let fs = with { n = 1; }; { f = x: x + n; g = { x ? n }: x; }; in [ (fs.f 1) (fs.g { }) (with { n = 100; }; fs.f 1) ]
