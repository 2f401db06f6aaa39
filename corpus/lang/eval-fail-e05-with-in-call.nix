# A with of a value that is no set, within calls. (E5, L30)
let f = s: with s; name; in { r = f [ "name" ]; }
