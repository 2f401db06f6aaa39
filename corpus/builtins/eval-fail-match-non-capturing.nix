# There are no non-capturing groups.
builtins.match "(?:a)" "a"
