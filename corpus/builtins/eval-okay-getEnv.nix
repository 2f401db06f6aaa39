# getEnv gives "" for what is not set.
[
  (builtins.getEnv "HOME")
  (builtins.getEnv "FIRN_SURELY_NOT_SET")
  (builtins.getEnv "NIX_PATH")
  (builtins.getEnv "")
]
