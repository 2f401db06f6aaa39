# L56: an attribute, then inherit
a: {
  a = 1;
  inherit a;
}
