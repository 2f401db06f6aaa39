# Lists, then patterns, then the string, then replacements as they are needed.
builtins.replaceStrings (builtins.trace "from" [ (builtins.trace "a" "a") (builtins.trace "b" "b") ]) (
  builtins.trace "to" [ (throw "first") (builtins.trace "second" "2") ]
) (builtins.trace "string" "ba")
