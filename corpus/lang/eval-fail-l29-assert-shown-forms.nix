# How other forms of condition are shown. (L29)
assert (let a.b = "s"; c = [ 1 2.5 ./p <q> ]; in with a; if c ? b.${"d"} then { inherit a; } ? x else rec { x = -1; } == null); 1
