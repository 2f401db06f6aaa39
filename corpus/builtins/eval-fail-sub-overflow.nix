# The difference of integers is checked.
builtins.sub (-9223372036854775807) 2
