# The largest integer of 64 bits does not fit.
builtins.fromJSON "[18446744073709551615]"
