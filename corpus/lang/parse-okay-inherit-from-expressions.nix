# L24: any expression in the parentheses
a: b: {
  inherit (a b) c;
  inherit (if a then a else b) d;
  inherit ({ e = 1; }) e;
  inherit (let c = a; in c) f;
  inherit (x: x) g;
}
