# Nested lists are not joined.
builtins.concatStringsSep "," [ [ "a" ] ]
