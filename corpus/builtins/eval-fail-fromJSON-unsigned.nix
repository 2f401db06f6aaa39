# An integer between 2^63 and 2^64 does not fit.
builtins.fromJSON "9223372036854775808"
