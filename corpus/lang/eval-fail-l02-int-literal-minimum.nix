# -2^63 has no literal either: the sign is an operator. (L2)
-9223372036854775808
