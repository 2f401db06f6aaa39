# Builtins that take three arguments, with two.
builtins.trace (builtins.foldl' null null) (
  builtins.trace (builtins.replaceStrings null null) (builtins.trace (builtins.substring null null) (throw "end"))
)
