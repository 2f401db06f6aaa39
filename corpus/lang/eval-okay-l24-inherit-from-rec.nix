# In rec and let, inherit (e) sees the attributes of the set itself. (L24)
[ rec { s = { a = 1; }; inherit (s) a; b = a; } (let s = { a = 2; }; inherit (s) a; in a) (let s = { s = 3; }; in { inherit (s) s; }) ]
