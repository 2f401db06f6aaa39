# L32: & is no operator
true & false
