# L20: identifier, string and interpolated attribute names
x: {
  a = 1;
  "b" = 2;
  "c d" = 3;
  ${x} = 4;
  "${x}" = 5;
  "e${x}f" = 6;
  ${"g"} = 7;
  "" = 8;
}
