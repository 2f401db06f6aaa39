# L22: an unknown name in legacy let
let { body = a; b = 1; }
