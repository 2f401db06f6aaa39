# The string is forced after the pattern.
builtins.match (builtins.trace "pattern" "a") (throw "the string")
