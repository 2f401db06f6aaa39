# depth: a set nested a million deep, and selected from one by one, by recursion
let make = builtins.foldl' (s: i: { a = s; }) { } (builtins.genList (i: i) 1000000); walk = s: if s ? a then walk s.a else s; in walk make
