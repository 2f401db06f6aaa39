# Merging {} with rec {}: the first one decides whether the set is recursive. (L18)
let x = "outer"; in {
  plainFirst = { a = { b = x; }; a = rec { x = "inner"; c = x; }; };
  recFirst = { a = rec { x = "inner"; b = x; }; a = { c = x; }; };
  pathFirst = { a.b = x; a = rec { x = "inner"; c = x; }; };
}
