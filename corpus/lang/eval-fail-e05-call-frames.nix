# Frames of nested calls, by name and without. (E5)
let
  outer = x: middle { inherit x; };
  middle = { x }: (y: inner y) x;
  inner = x: x.missing;
in
{ result.nested = [ (outer { present = 1; }) ]; }
