# There are no back-references.
builtins.match "(a)\\1" "aa"
