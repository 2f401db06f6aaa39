# L49: doc comments
{
  /** doc of a */
  a = /** doc of the lambda */ x: x;
  /**
    doc of b
  */
  b.c = /** formals */ { d }: d;
  /** dangling */
}
