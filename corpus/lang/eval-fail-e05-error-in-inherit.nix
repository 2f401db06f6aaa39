# The position of an inherited attribute is that of its name. (E5, L24)
let lib = { broken = throw "broken"; }; in {
  inherit (lib)
    broken
    ;
}
