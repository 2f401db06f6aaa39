# substring: lengths beyond the end, negative length, start at and beyond the end. (L46)
[ (builtins.substring 1 100 "abc") (builtins.substring 0 (-1) "abc") (builtins.substring 3 1 "abc") (builtins.substring 10 1 "abc") (builtins.substring 1 0 "abc") (builtins.substring 1 (-5) "abc") (builtins.substring 9223372036854775807 9223372036854775807 "abc") ]
