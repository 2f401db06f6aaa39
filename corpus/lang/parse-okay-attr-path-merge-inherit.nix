# L17: merging sets that contain inherits
x: y: {
  a = { inherit x; };
  a.z = 1;
  b = { inherit (x) p q; };
  b = { inherit (y) r; inherit y; };
  b.s = 2;
}
