# L49: doc comments inside formals and let
let
  /** f */
  f = { /** a */ a, /** b */ b ? /** default */ 1, /** rest */ ... }: a + b;
  /** g */ inherit (f) /** h */ h;
in /** body */ f
