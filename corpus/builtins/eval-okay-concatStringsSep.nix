# concatStringsSep coerces like interpolation: sets and paths too, and paths are copied to the store.
[
  (builtins.concatStringsSep ", " [ "a" "b" "c" ])
  (builtins.concatStringsSep "," [ ])
  (builtins.concatStringsSep "," [ "one" ])
  (builtins.concatStringsSep "" [ "a" "" "b" ])
  (builtins.concatStringsSep "/" [ "" "usr" "" ])
  (builtins.concatStringsSep " " [ { outPath = "out"; } { __toString = self: "str"; } ])
  (builtins.concatStringsSep " " [ ./files/text.txt ])
  (builtins.concatStringsSep ",")
]
