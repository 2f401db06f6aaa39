# An anchor cannot be repeated.
builtins.match "^*" "a"
