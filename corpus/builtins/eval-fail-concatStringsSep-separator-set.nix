# The separator is not coerced, other than the elements.
builtins.concatStringsSep { outPath = ","; } [ "a" ]
