# L22: legacy let with inherit, dynamic names and paths
x: let {
  inherit x;
  inherit (a) c;
  a.b = x;
  a.c = 1;
  body = c;
  ${x} = 2;
}
