# Hashes of strings in base 16, for all algorithms.
map (s: map (a: builtins.hashString a s) [ "md5" "sha1" "sha256" "sha512" ]) [ "" "abc" "é\n" ] ++ [
  (builtins.hashString "sha256")
]
