# memory: hashing a gigabyte with every algorithm
let s = builtins.foldl' (s: _: s + s) "a" (builtins.genList (i: i) 30);
in map (a: builtins.hashString a s) [ "md5" "sha1" "sha256" "sha512" ]
