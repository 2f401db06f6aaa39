# Two dynamic attributes of one name. (L20)
let n = "x"; in {
  ${n} = 1;
  ${n} = 2;
}
