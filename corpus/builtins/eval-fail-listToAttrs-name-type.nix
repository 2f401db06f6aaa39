# The name must be a string; the position is that of the attribute.
builtins.listToAttrs [
  { name = "a"; value = 1; }
  {
    name = 1;
    value = 2;
  }
]
