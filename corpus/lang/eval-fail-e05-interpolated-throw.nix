# No frame for what throws inside an interpolation. (E5)
let x = throw "inner"; in { s = "a${"b${x}"}"; }
