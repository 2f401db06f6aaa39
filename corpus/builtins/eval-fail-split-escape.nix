# There is no escape for letters.
builtins.split "\\n" "a"
