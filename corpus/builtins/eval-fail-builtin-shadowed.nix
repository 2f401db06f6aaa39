# A function of the same name is no builtin.
let
  map = x: throw "not the builtin";
in
map 1
