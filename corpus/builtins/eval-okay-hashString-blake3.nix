# BLAKE3 with the experimental feature.
[
  (builtins.hashString "blake3" "")
  (builtins.hashString "blake3" "abc")
  (builtins.convertHash { hash = builtins.hashString "blake3" "abc"; hashAlgo = "blake3"; toHashFormat = "sri"; })
]
