# L51: no closing bracket
[ 1
  2
