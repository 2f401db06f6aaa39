# L31: assert with a comparison
assert [ 1 { a = 2; } ] == [ 1 { a = 3; } ]; "never"
