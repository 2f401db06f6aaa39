# ... by inherit. (L56)
let a = 1; in {
  inherit a;
  inherit a;
}
