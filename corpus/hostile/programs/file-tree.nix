# host: all files there are, by readDir from the root
let walk = p: builtins.foldl' (c: n: c + (if (builtins.readDir p).${n} == "directory" then walk (p + "/${n}") else 1)) 0 (builtins.attrNames (builtins.readDir p)); in walk /.
