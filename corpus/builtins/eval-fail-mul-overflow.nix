# The product of integers is checked.
builtins.mul 9223372036854775807 2
