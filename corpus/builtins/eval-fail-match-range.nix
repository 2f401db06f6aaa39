# A range that goes down.
builtins.match "[b-a]" "a"
