# The test for a builtin; flakes are there without being enabled.
[
  (builtins ? add)
  (builtins ? fetchTree)
  (builtins ? fetchClosure)
  (builtins ? outputOf)
  (builtins ? getFlake)
  (builtins ? parseFlakeRef)
  (builtins ? exec)
  (builtins ? importNative)
  (builtins ? __add)
  (builtins ? true)
  (builtins ? builtins)
  (builtins ? "foldl'")
  (builtins ? filterAttrs)
]
