# The name must not start with a dot and a dash.
builtins.toFile ".-x" ""
