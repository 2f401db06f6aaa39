# An element that throws; == adds no frame for where it was. (L41)
{ a = [ 1 (throw "element") ]; } == { a = [ 1 2 ]; }
