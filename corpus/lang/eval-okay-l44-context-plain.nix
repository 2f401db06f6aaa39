# The first kind of context: a plain store path. (L44)
let f = builtins.toFile "name" "text"; in [ f (builtins.hasContext f) (builtins.getContext f) (builtins.getContext "${./files/one} and ${f}") ]
