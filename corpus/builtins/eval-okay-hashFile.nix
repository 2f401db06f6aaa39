# Hashes of files, for all algorithms.
[
  (map (a: builtins.hashFile a ./files/text.txt) [ "md5" "sha1" "sha256" "sha512" ])
  (builtins.hashFile "sha256" ./files/nul.bin)
  (builtins.hashFile "sha256" ./files/tree/sub/deep/empty)
  (builtins.hashFile "sha256" (toString ./files/text.txt) == builtins.hashString "sha256" (builtins.readFile ./files/text.txt))
  (builtins.hashFile "md5")
]
