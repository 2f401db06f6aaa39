# A plus with nothing to repeat.
builtins.match "+" "a"
