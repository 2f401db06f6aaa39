# Results at both ends of the integers are no overflow. (L3)
let
  max = 9223372036854775807;
  min = -9223372036854775807 - 1;
in
{
  add = max + 0;
  addMin = min + max;
  subtract = -1 - max;
  fromMin = min - min;
  multiply = 4611686018427387904 * -2;
  multiplyMin = min * 1;
  divide = min / 1;
  divideMax = max / -1;
  minByTwo = min / 2;
  negate = -max;
  bits = [ (builtins.bitAnd min max) (builtins.bitOr min max) (builtins.bitXor min max) ];
  asFloat = [ (max + 0.0) (min * 1.0) ];
}
