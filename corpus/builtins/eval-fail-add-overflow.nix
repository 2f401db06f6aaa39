# The sum of integers is checked.
builtins.add 9223372036854775807 1
