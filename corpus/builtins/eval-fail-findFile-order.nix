# The whole list is checked before the name is forced.
builtins.findFile [ (builtins.trace "one" { path = "/"; }) (throw "two") ] (throw "the name")
