# L56: two literals that inherit the same name
a: b: {
  c = { inherit (a) x; };
  c = { inherit (b) x; };
}
