# L56: two sources with one name
a: b: { inherit (a) c; inherit (b) d c; }
