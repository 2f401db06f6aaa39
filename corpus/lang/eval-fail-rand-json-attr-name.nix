# An attribute name that is no identifier is in quotes in the trace.
builtins.toJSON { a."" = [ { ${0} = 0; } ]; }
