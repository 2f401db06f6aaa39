let
  scale = factor: n: n * factor;
  check = { limit ? 10, ... }@options: n:
    let big = n > limit;
    in if big then throw "${toString n} is too big" else n;
in
{
  small = check { } (scale 2 3);
  large = check { limit = 5; } (scale 2 3);
  sum = with { one = 1; }; one + scale 3 4;
}
