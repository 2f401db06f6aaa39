# L20: paths through a dynamic part are not merged
x: {
  a.${x}.b = 1;
  a.${x}.c = 2;
  a."d${x}" = 3;
  ${x}.a = 4;
  ${x}.b.c = 5;
}
