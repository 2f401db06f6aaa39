# A text may be a single value, with blanks around it.
map builtins.fromJSON [ "1" " \"a\" " "\n\t\r true" "null" "[]" "{}" "1.0" "1e2" "-0.0" "\"\"" "\"\\u0041\"" ]
