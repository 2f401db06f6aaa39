# L24: several inherits from equal or different sources stay separate
a: b: {
  inherit (a) z;
  inherit (b) y;
  inherit (a) x;
  inherit (b) w v;
}
