# A closing brace cannot be escaped.
builtins.match "\\}" "}"
