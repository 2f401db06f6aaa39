# Of the closing brackets only the round one can be escaped.
builtins.match "\\]" "]"
