# Every pair of a list of versions, as a matrix.
let
  versions = [ "" "1" "1.0" "1.0.0" "1.0pre1" "1.0pre" "pre" "1.0a" "1.0b" "1.01" "1.1" "1.10" "1.9" "1-1" "1.a" "1.pre" "A" "a" "1.0.pre" "2" "99999999999999999999" "9223372036854775807" "1.0_1" ];
  sign = a: b: let c = builtins.compareVersions a b; in if c < 0 then "<" else if c > 0 then ">" else "=";
in
map (a: builtins.concatStringsSep "" (map (sign a) versions)) versions ++ [
  (builtins.compareVersions "1.0" "2.3")
  (builtins.compareVersions "2.3" "2.3.1")
  (builtins.compareVersions "2.3.1" "2.3a")
  (builtins.compareVersions "2.3pre1" "2.3")
  (builtins.compareVersions "2.3pre3" "2.3pre12")
  (builtins.compareVersions "2.3a" "2.3c")
  (builtins.compareVersions "2.3pre1" "2.3c")
  (builtins.compareVersions "2.3pre1" "2.3q")
]
