# builtins.add has words of its own for it. (L3)
builtins.add 9223372036854775807 1
