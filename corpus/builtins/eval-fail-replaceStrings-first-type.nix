# replaceStrings wants a list as its first argument.
builtins.replaceStrings "a" [ "b" ] "a"
