rec {
  /**
    Doubles a number.

    double 4 is 8.
  */
  double = n: 2 * n;
  broken = n: n.missing;
  /** Makes a greeting. */
  greet = { name, /** what to say */ greeting ? "hello", ... }: "${greeting} ${name}";
}
