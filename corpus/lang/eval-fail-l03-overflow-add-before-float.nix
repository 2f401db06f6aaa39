# The overflow comes before the sum turns into a float. (L3, L5)
9223372036854775807 + 1 + 1.0
