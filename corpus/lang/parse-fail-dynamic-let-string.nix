# L21: an interpolated string in let
a: let b = 1; "${a}" = 2; in b
