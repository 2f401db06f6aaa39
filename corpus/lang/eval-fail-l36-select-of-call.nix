# Frames of a selection from the result of a call. (L36, E5)
let f = x: { y = x.z; }; in (f { z = throw "z"; }).y
