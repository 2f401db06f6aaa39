# Frames of interpolation: the position is that of the part. (E5)
let x = { a = "a"; n = null; }; in "begin ${x.a} middle ${x.n} end"
