# replaceStrings wants a string as its third argument.
builtins.replaceStrings [ "a" ] [ "b" ] 1
