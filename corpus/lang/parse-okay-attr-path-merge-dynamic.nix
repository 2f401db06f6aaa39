# L20: merging sets that contain dynamic attributes
x: {
  a = { ${x} = 1; };
  a.b = 2;
  a = { "${x}c" = 3; };
}
