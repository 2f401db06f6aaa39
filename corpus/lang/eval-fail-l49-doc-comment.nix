# L49: a documentation comment changes nothing.
let
  /** Fails. */
  f = x: throw x;
in
f "documented"
