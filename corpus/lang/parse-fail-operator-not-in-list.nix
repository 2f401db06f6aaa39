# L32: no operator in a list
[ !true ]
