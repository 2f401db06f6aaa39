# The sum of integers is checked at the lower end too.
builtins.add (-9223372036854775807) (-2)
