rec {
  /** What a is. */
  a.b.c = 1;
  a.b."d e" = 2;
  inherit (a) b;
  inherit true;
  ${"f" + "g"} = b;
  /** What h does. */
  h = x: /** Its inner function. */ y: x;
}
