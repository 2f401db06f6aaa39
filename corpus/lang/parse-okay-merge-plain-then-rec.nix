# L18: { } first drops the rec of the second
b: {
  a = { b = 1; };
  a = rec { c = b; };
}
