# The names are forced in order, after both arguments.
removeAttrs (builtins.trace "set" { }) (builtins.trace "names" [ (builtins.trace "one" "a") (throw "two") ])
