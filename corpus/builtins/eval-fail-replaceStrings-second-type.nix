# replaceStrings wants a list as its second argument.
builtins.replaceStrings [ "a" ] "b" "a"
