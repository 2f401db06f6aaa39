{
  # Adds one.
  # Negative numbers, too.
  increment = n: n + 1;

  /* Half of a number.
     Rounds down. */
  half = n: n / 2;

  # A comment about nothing in particular.

  bare = n: n;
}
