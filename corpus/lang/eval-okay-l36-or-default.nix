# or: for a missing attribute anywhere in the path, and for what is no set. (L36)
let s = { a.b = 1; n = null; }; in [ (s.a.b or 2) (s.a.c or 2) (s.x.y.z or 2) (s.a.b.c or 2) (s.n.x or 2) ((1).x or 2) (null.x or 2) ([ ].x or 2) ("s".x or 2) ((x: x).y or 2) (s.a.c or s.a.d or 3) (s.a or (throw "unused")).b (s.${"a"}.${"q"} or "dynamic") ]
