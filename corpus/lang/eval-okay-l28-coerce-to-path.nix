# Where builtins want a path, they take paths, absolute strings, and sets that give one. (L28)
map (p: builtins.readFile p) [ ./files/one "/pwd/lang/files/one" { outPath = ./files/one; } { outPath = "/pwd/lang/files/one"; } { __toString = _: ./files/one; } { __toString = _: { outPath = ./files/one; }; } (./files + "/one") "/pwd/lang/files/../files/one" "//pwd/lang//files/./one" ]
