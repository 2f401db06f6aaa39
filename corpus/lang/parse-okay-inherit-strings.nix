# L24: string names in inherit
a: b: {
  inherit "a";
  inherit ${"b"};
  inherit (a) "c" "d e" ${"f"} "" "if";
}
