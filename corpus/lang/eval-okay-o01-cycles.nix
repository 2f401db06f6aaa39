# Values that contain themselves. (O1)
let s = { self = s; other = [ s ]; }; l = [ l { inherit l; } ]; in [ s l ]
