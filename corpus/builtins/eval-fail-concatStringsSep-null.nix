# Null is not coerced.
builtins.concatStringsSep "," [ null ]
