# <= and >= negate, and so go through !. (L40)
"a" <= 1
