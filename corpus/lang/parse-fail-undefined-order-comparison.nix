# `a > b` calls __lessThan b a
unknown1 > unknown2
