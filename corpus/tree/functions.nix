# Functions share a scope as far as they are curried; patterns end it.
f: x: { y, z ? x, ... }@args:
  f x y (args.z or null) |> f
