# Entries must be sets.
builtins.findFile [ "p=/x" ] "p"
