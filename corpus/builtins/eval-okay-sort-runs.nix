# Ascending, descending and partly sorted inputs.
let
  sort = builtins.sort builtins.lessThan;
  n = 50;
in
{
  ascending = sort (builtins.genList (i: i) n) == builtins.genList (i: i) n;
  descending = sort (builtins.genList (i: n - i) n) == builtins.genList (i: i + 1) n;
  sawtooth = sort (builtins.genList (i: builtins.bitAnd i 7) 24);
  organPipe = sort (builtins.genList (i: if i < 10 then i else 20 - i) 20);
}
