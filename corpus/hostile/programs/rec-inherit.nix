# cycle: inherit from a set that inherits from it
let a = { inherit (b) x; }; b = { inherit (a) x; }; in a.x
