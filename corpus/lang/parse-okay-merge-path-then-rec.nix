# L18: a path first drops the rec of a later literal
b: {
  a.b = 1;
  a = rec { c = b; };
}
