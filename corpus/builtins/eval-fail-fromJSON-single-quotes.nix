# Strings have double quotes.
builtins.fromJSON "'a'"
