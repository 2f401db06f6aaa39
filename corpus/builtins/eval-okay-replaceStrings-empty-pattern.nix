# The empty pattern matches before every byte and at the end, if no pattern before it matches.
[
  (builtins.replaceStrings [ "" ] [ "X" ] "abc")
  (builtins.replaceStrings [ "" ] [ "X" ] "")
  (builtins.replaceStrings [ "" "a" ] [ "X" "Y" ] "ba")
  (builtins.replaceStrings [ "a" "" ] [ "Y" "X" ] "ba")
  (builtins.replaceStrings [ "a" "" ] [ "Y" "X" ] "ab")
  (builtins.replaceStrings [ "ab" "" ] [ "Y" "X" ] "abab")
  (builtins.replaceStrings [ "" "" ] [ "1" "2" ] "ab")
  (builtins.replaceStrings [ "" ] [ "" ] "abc")
]
