# L17: attributes print sorted by name; inherits first, dynamic ones last
x: y: {
  z = 1;
  ${x} = 2;
  inherit y;
  B = 3;
  a = 4;
  inherit (x) q p;
  "1" = 5;
  _c = 6;
  inherit x;
  "${y}z" = 7;
  aa = 8;
}
