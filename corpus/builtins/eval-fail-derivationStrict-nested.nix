# The frames of an error in a dependency of a dependency.
let
  mk = name: attrs: derivationStrict ({ inherit name; builder = "/b"; system = "s"; } // attrs);
  a = mk "a" { x = throw "deep inside"; };
  b = mk "b" { a = a.out; };
in
(mk "c" { l = [ b.out ]; }).drvPath
