# head of an empty list. (E5)
let xs = [ ]; in { first = builtins.head xs; }
