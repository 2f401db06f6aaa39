# A dynamic attribute with the name of a static one; the static position is told. (L20)
let n = "x"; in {
  x = 1;
  ${n} = 2;
}
